"""Dates as the houses print them. A visible date is a trap of its own: `02/05/2024` is the second of May."""

from datetime import datetime, timedelta, timezone

MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(),
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(),
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split(),
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split(),
}
DAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche".split(),
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag".split(),
    "ar": "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد".split(),
}
ZONES = {"-07:00": "PDT", "-04:00": "EDT"}
#: What some houses print before the date of publication.
BEFORE = {"en-us": "Published ", "fr-long": "Publié le "}
ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def local(stamp, tz):
    """A UTC stamp such as `2024-05-02T14:05:00Z` in the zone `+02:00`."""
    sign = -1 if tz[0] == "-" else 1
    zone = timezone(sign * timedelta(hours=int(tz[1:3]), minutes=int(tz[4:])))
    return datetime.fromisoformat(stamp.replace("Z", "+00:00")).astimezone(zone)


def iso(stamp, tz):
    return local(stamp, tz).isoformat()


def rfc822(stamp, tz):
    when = local(stamp, tz)
    day, month = DAYS["en"][when.weekday()][:3], MONTHS["en"][when.month - 1][:3]
    return f"{day}, {when.day:02} {month} {when.year} {when:%H:%M:%S} {when:%z}"


def clock(when, dot=":"):
    hour = when.hour % 12 or 12
    return f"{hour}{dot}{when.minute:02}"


def published(stamp, house):
    """The date of publication as the page prints it."""
    return BEFORE.get(house["date"], "") + visible(stamp, house)


def visible(stamp, house):
    """A date in the form the house prints."""
    when, style = local(stamp, house["tz"]), house["date"]
    lang = style[:2]
    month = MONTHS[lang if lang in MONTHS else "en"][when.month - 1]
    time = f"{when:%H:%M}"
    half = "a.m." if when.hour < 12 else "p.m."
    return {
        "en-wire": f"{month} {when.day}, {when.year} {clock(when)} {'AM' if when.hour < 12 else 'PM'} GMT",
        "en-long": f"{DAYS['en'][when.weekday()]}, {month} {when.day}, {when.year}, {time}",
        "en-gb": f"{when.day} {month} {when.year}, {time}",
        "en-us": f"{month} {when.day}, {when.year} at {clock(when)} {half} {ZONES.get(house['tz'], '')}",
        "en-au": f"{month} {when.day}, {when.year} — {clock(when, '.')}{half.replace('.', '')}",
        "en-slash": f"{when:%d/%m/%Y} {time} GMT",
        "iso": f"{when:%Y-%m-%d} {time} UTC",
        "fr-long": f"{DAYS['fr'][when.weekday()]} {when.day} {month} {when.year} à {when:%H}h{when:%M}",
        "fr-short": f"{when:%d.%m.%Y}, {time}",
        "es-long": f"{when.day} de {month} de {when.year} - {time}",
        "de-long": f"{DAYS['de'][when.weekday()]}, {when.day}. {month} {when.year}, {time} Uhr",
        "de-short": f"{when:%d.%m.%Y}, {time} Uhr",
        "ar-long": f"{DAYS['ar'][when.weekday()]} {when.day} {month} {when.year} - {time}".translate(ARABIC_DIGITS),
        "ru-long": f"{when.day} {month} {when.year}, {time}",
        "ru-short": f"{when:%d.%m.%Y} {time}",
    }[style]
