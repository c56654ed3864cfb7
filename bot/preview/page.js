// Brings into view what a visitor has just caused, and the newest message where a page opens, as Discord does. simcord leaves the
// conversation where it was and offers to jump to the response.

const VIEWER = "viewer";

const app = document.getElementById("preview-app");
const status = document.getElementById("action-status");
const timeline = document.getElementById("channel-timeline");
const newer = document.getElementById("history-newer");
const latest = document.getElementById("new-messages");
const viewers = document.getElementById("viewer-picker");

let opened = null;
let handled = null;

function follow() {
  const page = window.simcordPreview;
  if (!page?.ready || !page.authorized) return;
  const action = page.lastAction;
  const viewed = `${page.contextId} ${page.viewerId}`;
  if (viewed !== opened) {
    if (opened === null && viewAgain(page.viewerId)) return;
    opened = viewed;
    sessionStorage.setItem(VIEWER, page.viewerId);
    handled = action?.requestId;
    settled(() => { timeline.scrollTop = timeline.scrollHeight; });
  } else if (action && action.requestId !== handled) {
    handled = action.requestId;
    settled(() => show(action.outcomes ?? []));
  }
}

// Views a page that is loaded again as whom it was viewed before; returns whether that is somebody else than simcord begins with.
function viewAgain(begun) {
  const before = sessionStorage.getItem(VIEWER);
  sessionStorage.removeItem(VIEWER);
  if (!before || before === begun || ![...viewers.options].some((option) => option.value === before)) return false;
  viewers.value = before;
  viewers.dispatchEvent(new Event("change"));
  return true;
}

// simcord puts the conversation back where it was one frame after its size changed.
function settled(scroll) {
  requestAnimationFrame(() => requestAnimationFrame(scroll));
}

// Scrolls the first message that an action caused to the top, as far as the conversation goes. What was sent or edited is below it.
function show(outcomes) {
  const caused = new Set(outcomes.filter((outcome) => outcome.kind !== "source_edit").map((outcome) => String(outcome.messageId)));
  if (!caused.size) return;
  const messages = [...timeline.querySelectorAll("[data-message-id]")];
  const first = messages.find((message) => caused.has(message.dataset.messageId));
  if (first) timeline.scrollTop += first.getBoundingClientRect().top - timeline.getBoundingClientRect().top;
  else if (!newer.hidden) latest.click();
}

const observer = new MutationObserver(follow);
observer.observe(app, { attributeFilter: ["aria-busy"] });
observer.observe(status, { childList: true });
