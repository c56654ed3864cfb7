"""More articles of ours, with what a reader finds in each: quotations with speakers, who acts or speaks, and dates."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gold:
    """What is in an article, which was published on a day; ``quotes`` are the first words of each with who says it."""

    name: str
    published: str
    quotes: tuple[tuple[str, tuple[str, ...]], ...]
    actors: frozenset[str]
    dates: frozenset[str]


def _quotes(lines: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Read lines of ``first words | speaker & speaker``, without a speaker where a reader cannot name one."""
    parted = (line.partition("|") for line in lines.strip().splitlines())
    return tuple((begins.strip(), tuple(name.strip() for name in by.split(" & ") if name.strip())) for begins, _, by in parted)


def _names(text: str) -> frozenset[str]:
    return frozenset(" ".join(name.split()) for name in text.split("|"))


TRIAL = Gold(
    "trial.txt",
    "14 May 2022",
    _quotes("""
        would follow in the post | Gerald Pym
        This was no accident | Miriam Oduya
        It was an accident | Miriam Oduya
        a chimney with steps | Alderwick Fire Service
        He laughed and said | Neil Tranter
        I wrote that down | Neil Tranter
        No. I thought | Neil Tranter
        a box-ticking visit | Simon Castle
        It lasted as long | Neil Tranter
        And yet | Simon Castle
        you did not look | Simon Castle
        I looked at them | Neil Tranter
        I did not like them | Neil Tranter
        Get the door |
        There was a boy | Jean Ablett
        I gave him my coat | Jean Ablett
        I asked about it | Ronald Sykes
        The second time | Ronald Sykes
        a crook and a skinflint | Ronald Sykes
        I was angry | Ronald Sykes
        I’m still angry | Ronald Sykes
        a careful man | Alison Reeve
        You will feel it | Justice Hallam
        Put it to one side | Justice Hallam
        My sister used to say | Pawel
        We thought that it was | Pawel
        inappropriate to comment | A spokesman for the Alderwick Fire Service
        You can’t inspect | Doreen Lusk
    """),
    _names("""Gerald Pym|Kasia Wolny|Derek Loach|Miriam Oduya|Neil Tranter|Simon Castle|Jean Ablett|Ronald Sykes|Alison Reeve
        |Justice Hallam|Pawel|Doreen Lusk|Alderwick Fire Service|Pym & Sons|Bakers’ and Textile Workers’ Union"""),
    frozenset({"2019-11-09", "2018-05", "2022-05-13", "2022-05-12", "2022-05-16", "2018", "2020"}),
)

FLOOD = Gold(
    "flood.txt",
    "9 January 2024",
    _quotes("""
        We had eleven minutes | Ingrid Sallow
        Eleven minutes is not | Ingrid Sallow
        The last figure | Petra Lindqvist
        We had no reason | Petra Lindqvist
        Somebody should have | Karim Boutros
        a letter that arrives | Karim Boutros
        under active | Ministry of Water
        in the spring | Ministry of Water
        We built what we were | Grace Halloran
        and we said at | Grace Halloran
        It was. I have | Grace Halloran
        no record of any | Anton Greve
        She handed me | Luis Ferrand
        I shouted at her | Luis Ferrand
        Then she came | Luis Ferrand
        I have been doing this | Luis Ferrand
        My boys think | Noor Haddad
        I am going to let | Noor Haddad
        They spent six | Walt
        I could have told | Walt
        but not all | Brigid Toll
        We are not going | Samuel Adeyemi
        There will be a time | Samuel Adeyemi
        This is the third | Lena Voss
        Either the centuries | Lena Voss
    """),
    _names("""Ingrid Sallow|Petra Lindqvist|Karim Boutros|Grace Halloran|Anton Greve|Luis Ferrand|Noor Haddad|Walt|Brigid Toll
        |Samuel Adeyemi|Lena Voss|Ministry of Water|National Weather Office|Halloran Civil|Senn Valley Farmers' Union"""),
    frozenset({"2024-01-09", "2022-05", "2023-10", "2021", "2024-01-07", "2024-01-08", "2024-01-11"}),
)

TRANSFER = Gold(
    "transfer.txt",
    "31 August 2023",
    _quotes("""
        I came here as a boy | Moussa Diallo
        I am leaving with | Moussa Diallo
        Would I have kept | Frank Mullery
        You do not sell | Frank Mullery
        Not today | Frank Mullery
        No club of our size | Chidi Obi
        We said no in January | Chidi Obi
        a roof that does | Tom Fell
        Sold: one captain | The supporters
        They looked us | Bernadette Shaw
        They said that Moussa | Bernadette Shaw
        It’s a disgrace | One fan
        I’ve got his name | One fan
        the most complete | Iker Zubiri
        We are patient | Iker Zubiri
        but we are not | Iker Zubiri
        Moussa has never | Sofia Brandão
        He trained on Tuesday | Sofia Brandão
        no complaint about | Ewan Kerr
        With one player | Adama Traoré
        I would like | Adama Traoré
        This is a sale | Hannah Vries
        although I would | Hannah Vries
        eye-watering | Hannah Vries
        He would limp in | Paul Anstey
        What can you do | Paul Anstey
        My telephone is on | Lucia Ferri
        It is a very quiet | Lucia Ferri
        I wrote | Callum Reid
        He wrote back | Callum Reid
    """),
    _names("""Moussa Diallo|Frank Mullery|Chidi Obi|Tom Fell|Bernadette Shaw|Iker Zubiri|Sofia Brandão|Ewan Kerr|Adama Traoré
        |Hannah Vries|Paul Anstey|Lucia Ferri|Callum Reid|Castlegate Rovers|Valmora|Football Finance Institute"""),
    frozenset({"2023-08-31", "2023-08-30", "2021-07", "2018-08-14", "2022-04", "2023-09-02"}),
)

PORT = Gold(
    "port.txt",
    "6 July 2024",
    _quotes("""
        a courtesy call | Carmen Ruiz
        We respect the court | Dale Hutchins
        This deal means | Dale Hutchins
        disappointed but not | Meridian Straits Holdings
        remains committed | Wei Lin Tan
        They sold a river | Ada Redfern
        Today somebody finally | Ada Redfern
        I brought my good hat | Joseph Redfern
        Just in case | Joseph Redfern
        It’s a great day | Marcus Bell
        But it’s one day | Marcus Bell
        Our members have been | Rita Kowalczyk
        insulting | Rita Kowalczyk
        A bad owner is better | Sam Ortega
        Who is going to invest | Sam Ortega
        will study the order | Ellen Park
        an economic death | Todd Brewer
        an activist in a robe | Todd Brewer
        Ports are sold with | Priya Raman
        and run with forklifts | Priya Raman
        a speed bump | The analysts at Corwin Bank
        I told them so | Louise Farrow
    """),
    _names("""Carmen Ruiz|Dale Hutchins|Meridian Straits Holdings|Wei Lin Tan|Chetwin Tribe|Ada Redfern|Joseph Redfern|Marcus Bell
        |Rita Kowalczyk|Sam Ortega|Ellen Park|Todd Brewer|Phil Dorn|Priya Raman|Louise Farrow"""),
    frozenset({"2024-07-05", "2024-07-01", "2023-01-12", "2023", "2024-06"}),
)

SCOOTER = Gold(
    "scooter.txt",
    "16 May 2024",
    _quotes("""
        premature and | Anneke Lenz
        with regret but | Anneke Lenz
        I wrote that memo | Anneke Lenz
        I would not write | Anneke Lenz
        nothing to hide | Hugo Marchetti
        The market is relieved | Lotte Visser
        It wanted a head | Lotte Visser
        a fig leaf | SafeRide
        We are not interested | Omar Benali
        We are interested in | Omar Benali
        We put it in the slides | One former engineer at the company
        Somebody changed it | One former engineer at the company
        At no point was | A company spokeswoman
        false and hurtful | A company spokeswoman
        within weeks | People familiar with the matter
        We take the time | A spokesman for the regulator
        They sent me flowers | Pieter de Wit
        Flowers! I had nowhere | Pieter de Wit
        a scandal on two | Sanne Bakker
        wait for the facts | Ruud van Dalen
        I have gone back | Ruud van Dalen
        Anneke does not do | Willem Prins
        She has only one hand | Willem Prins
        a different | Hugo Marchetti
    """),
    _names("""Anneke Lenz|Brightwell|Hugo Marchetti|Lotte Visser|SafeRide|Omar Benali|Pieter de Wit|Sanne Bakker|Ruud van Dalen
        |Willem Prins|NVWA"""),
    frozenset({"2024-05-15", "2024-04", "2024-03-03", "2016", "2024-06-12"}),
)

BAN = Gold(
    "ban.txt",
    "11 June 2025",
    _quotes("""
        coordinated deception | Videogram
        repeatedly and | Videogram
        not hesitate to act | Videogram
        This is censorship | Pavel Orlin
        We will see them | Pavel Orlin
        an unfriendly act | Varnian Foreign Ministry
        a mirror response | Irina Dask
        They know what | Irina Dask
        It was short | Kathleen Moyer
        four years and one | Tomas Velk
        Now do the radio | Jana Reis
        We hold no brief | Samuel Oduya
        but a platform that | Samuel Oduya
        opaque, abrupt | Committee for Open Networks
        community standards | Videogram
        the arbiter of truth | Dara Finch
        it should not take | Paula Grant & Rick Halvorsen
        a weapon with a | Paula Grant
        get the news from | A taxi driver in the capital
    """),
    _names("""Videogram|Pavel Orlin|Varnian Foreign Ministry|Irina Dask|Kathleen Moyer|Tomas Velk|Jana Reis|Samuel Oduya
        |Committee for Open Networks|Dara Finch|Paula Grant|Rick Halvorsen|VTK|Loom"""),
    frozenset({"2025-06-09", "2025-06-10", "2025-05"}),
)

REPORTS = (TRIAL, FLOOD, TRANSFER, PORT, SCOOTER, BAN)
