"""Words for times that are told from today, in eleven languages, by the English words for the same.

`RELATIVE_WORDS` are whole times; `PARTS` are what others are put together of: "last" and "Monday", "three", "days" and "ago".
"""

from __future__ import annotations

RELATIVE_WORDS = {
    "today": "heute|hoy|aujourd'hui|oggi|hoje|dziś|dzisiaj|dzisiejszego dnia"
    "|сегодня|сегодняшнего дня|bugün|bugünden|اليوم|今日|本日|きょう|heute morgen|heute früh|esta mañana|ce matin"
    "|stamattina|questa mattina"
    "|esta manhã|hoje de manhã|dziś rano|dzisiaj rano|сегодня утром|сегодняшнего утра|bu sabah|bu sabahtan|صباح اليوم"
    "|هذا الصباح|今朝",
    "yesterday": "gestern|ayer|hier|ieri|ontem|wczoraj"
    "|wczorajszego dnia|вчера|вчерашнего дня|dün|dünden|أمس|الأمس|البارحة|昨日|きのう|last night|gestern abend"
    "|letzte nacht|letzter nacht|anoche"
    "|hier soir|ieri sera|ontem à noite|wczoraj wieczorem|вчера вечером|dün akşam|dün gece|مساء أمس|ليلة أمس|昨夜|昨晩",
    "the day before yesterday": "vorgestern|anteayer|antes de ayer|antier|avant-hier|altro ieri|l'altro ieri|ieri l'altro"
    "|anteontem"
    "|przedwczoraj|позавчера|позавчерашнего дня|önceki gün|önceki günden|evvelki gün|evvelsi gün|evvelsi günden"
    "|أول أمس|أول من أمس"
    "|一昨日|おととい",
    "this week": "diese woche|dieser woche|esta semana|cette semaine|questa settimana|essa semana|tym tygodniu|tego tygodnia"
    "|этой неделе|этой недели|bu hafta|bu haftadan|هذا الأسبوع|今週",
    "last week": "letzte woche|letzter woche|vorige woche|voriger woche|vergangene woche|vergangener woche|semana pasada"
    "|semaine dernière|semaine passée|settimana scorsa|scorsa settimana|semana passada|zeszłym tygodniu|zeszłego tygodnia"
    "|прошлой неделе|прошлой недели|geçen hafta|geçen haftadan|الأسبوع الماضي|先週",
    "this month": "dieser monat|diesem monat|diesen monat|este mes|ce mois|ce mois-ci|questo mese|este mês|esse mês"
    "|tym miesiącu"
    "|tego miesiąca|этом месяце|этого месяца|bu ay|bu aydan|هذا الشهر|今月",
    "last month": "letzter monat|letztem monat|letzten monat|mes pasado|mois dernier|mois passé|mese scorso"
    "|scorso mese|mês passado|zeszłym miesiącu|zeszłego miesiąca|прошлом месяце|прошлого месяца|geçen ay"
    "|geçen aydan|الشهر الماضي|先月",
    "monday": "poniedziałku|понедельника|pazartesiden|segunda|月曜",
    "tuesday": "wtorku|вторника|salıdan|terça|火曜",
    "wednesday": "środy|środę|среды|среду|çarşambadan|quarta|水曜",
    "thursday": "czwartku|четверга|perşembeden|quinta|木曜",
    "friday": "piątku|пятницы|пятницу|cumadan|sexta|金曜",
    "saturday": "soboty|sobotę|субботы|субботу|cumartesiden|土曜",
    "sunday": "niedzieli|niedzielę|воскресенья|pazardan|日曜",
}
PARTS = {
    "last": "last|past|previous|letzte|letzten|letzter|letztes|letztem|vergangene|vergangenen|vergangener|vergangenes"
    "|vergangenem"
    "|vorige|vorigen|voriger|voriges|vorigem|pasado|pasada|pasados|pasadas|último|última|últimos|últimas|dernier|dernière"
    "|derniers|dernières|passé|passée|passés|passées|scorso|scorsa|scorsi|scorse|ultimo|ultimi|ultime|passado|passada"
    "|passados|passadas|zeszły|zeszłego|zeszłym|zeszła|zeszłą|zeszłej|zeszłe|ubiegły|ubiegłego|ubiegłym|ubiegła"
    "|ubiegłą|ubiegłej"
    "|ostatni|ostatniego|ostatnim|ostatnia|ostatnią|ostatniej|ostatnie|ostatnich|прошлый|прошлого|прошлом|прошлая"
    "|прошлую|прошлой"
    "|прошлое|последний|последнего|последнюю|последней|последние|последних|минувший|минувшего|минувшую|минувшей|geçen"
    "|geçtiğimiz"
    "|son|الماضي|الماضية|الماضيين|الأخير|الأخيرة|آخر|この前の|前の|過去",
    "this": "this|diese|diesen|dieser|dieses|diesem|este|esta|estos|estas|ce|cet|cette|ces|questo|questa|questi|queste|quest'"
    "|deste|desta|neste|nesta|esse|essa|tym|tego|ten|te|tej|этот|этого|этом|эту|этой|эти|bu|هذا|هذه|この|ここ",
    "ago": "ago|vor|hace|il y a|fa|há|faz|atrás|temu|назад|тому назад|önce|evvel|قبل|前",
    "since": "since|for|seit|ab|desde|depuis|dès|da|dal|dai|dalla|dallo|dall'|dagli|od|przez|с|со|за|beri|bu yana|منذ|من"
    "|から|以来|以降|以後",
    "": "the|in|on|of|at|over|during|der|die|das|des|dem|den|im|am|el|la|los|las|del|de|en|durante|le|les|l'|d'|du|au|aux"
    "|cours|il|lo|gli|i|nel|nello|nella|nell'|negli|nei|nelle|dell'|della|dello|di|a|o|os|as|no|na|nos|nas|w|we|ciągu"
    "|в|во|на|течение|içinde|في|خلال|の|に|は|で|間",
    "1": "one|ein|eine|einen|einem|einer|un|una|uno|une|um|uma|один|одну|bir|واحد|一",
    "2": "two|zwei|dos|deux|due|dois|duas|dwa|dwie|dwóch|два|две|двух|iki|二",
    "few": "few|paar|einigen|wenigen|algunos|algunas|quelques|alcuni|alcune|qualche|alguns|algumas|kilka|kilku|несколько"
    "|нескольких|birkaç|بضعة|数",
    "3": "three|drei|tres|trois|tre|três|trzy|trzech|три|трех|üç|ثلاثة|ثلاث|三",
    "4": "four|vier|cuatro|quatre|quattro|quatro|cztery|czterech|четыре|четырех|dört|أربعة|أربع|四",
    "5": "five|fünf|cinco|cinq|cinque|pięć|pięciu|пять|пяти|beş|خمسة|خمس|五",
    "6": "six|sechs|seis|sei|sześć|sześciu|шесть|шести|altı|ستة|ست|六",
    "7": "seven|sieben|siete|sept|sette|sete|siedem|siedmiu|семь|семи|yedi|سبعة|سبع|七",
    "8": "eight|acht|ocho|huit|otto|oito|osiem|ośmiu|восемь|восьми|sekiz|ثمانية|ثماني|八",
    "9": "nine|neun|nueve|neuf|nove|dziewięć|dziewięciu|девять|девяти|dokuz|تسعة|تسع|九",
    "10": "ten|zehn|diez|dix|dieci|dez|dziesięć|dziesięciu|десять|десяти|عشرة|عشر|十",
    "14": "fourteen|vierzehn|catorce|quatorze|quattordici",
    "15": "fifteen|fünfzehn|quince|quinze|quindici",
    "hour": "hour|hours|stunde|stunden|hora|horas|heure|heures|ora|ore|godziny|godzin|godzinę|час|часа|часов|saat"
    "|saatten|saattir"
    "|saatte|ساعة|ساعات|時間",
    "day": "day|tag|tages|día|jour|giorno|dia|dzień|dnia|dniu|день|дня|сутки|суток|gün|günden|gündür|günde|يوم|يوما|日間",
    "many day": "days|tage|tagen|días|dias|jours|giorni|dni|dniach|дни|дней|günler|günlerde|أيام",
    "2 day": "يومين",
    "day ago": "日前",
    "week": "week|woche|semana|semaine|settimana|tydzień|tygodnia|tygodniu|неделя|недели|неделю|неделе|hafta|haftadan"
    "|haftadır|haftada|haftanın|أسبوع|أسبوعا|週間",
    "many week": "weeks|wochen|semanas|semaines|settimane|tygodnie|tygodni|tygodniach|недель|haftalar|haftalarda|أسابيع",
    "2 week": "أسبوعين",
    "last week": "先週",
    "this week": "今週",
    "month": "month|do mês|monat|monats|mes|mois|mese|mês|miesiąc|miesiąca|miesiącu|месяц|месяца|месяце|ay|aydan|aydır"
    "|ayda|ayın|شهر|شهرا|か月間|か月|ヶ月間|ヶ月|カ月|ヵ月|箇月",
    "many month": "months|monate|monaten|meses|mesi|miesiące|miesięcy|месяцев|aylar|aylarda|أشهر|شهور",
    "2 month": "شهرين",
    "last month": "先月",
    "this month": "今月",
    "year": "year|years|do ano|jahr|jahre|jahren|jahres|año|años|an|ans|année|années|anno|anni|ano|anos|rok|roku|lata"
    "|lat|год|года|году"
    "|лет|yıl|yıldan|yıldır|yılda|yılın|sene|seneden|senedir|سنة|سنوات|عام|أعوام|عاما|年間",
    "2 year": "سنتين|عامين",
    "year ago": "年前",
    "last year": "昨年|去年",
    "this year": "今年",
    "weekend": "weekend|wochenende|fin de semana|week-end|fine settimana|fim de semana|weekendu|выходных|выходные|hafta sonu"
    "|hafta sonundan|عطلة نهاية الأسبوع|نهاية الأسبوع|週末",
    "begin": "beginning|start|anfang|beginn|principio|principios|inicio|comienzo|début|inizio|início|começo|początku|początek"
    "|начала|начало|başından|başı|بداية|初め|始め|はじめ",
    "begin week": "wochenanfang|wochenbeginn",
    "begin month": "monatsanfang|monatsbeginn",
    "begin year": "jahresanfang|jahresbeginn",
}
ARTICLES = frozenset("el la le lo il o a na w we в во на am den dem der die يوم".split())
"""Words that may stand before one of them and say nothing."""
