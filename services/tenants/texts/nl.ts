/** What is told of tenants, in Dutch; `{name}` stands for a parameter. */
export const nl = {
  'connector-unknown': 'onbekende connector "{id}": verwacht wordt een van {known}',
  'nobody-hears': '{id} heeft geen bron die aangeroepen wordt: niemand zou lezen wat binnenkomt',
  'target-unknown': 'onbekend doel "{target}": verwacht wordt een van {known}',
  'takes-not': '{id} neemt {type} niet aan',
  'type-unknown': 'onbekend berichttype "{type}"',
  'answer-routed': 'een antwoord gaat naar wie de vraag stelde',
  'one-target.command': 'een opdracht gaat naar precies één doel',
  'one-target.question': 'een vraag gaat naar precies één doel',
  'no-such-day': 'deze dag bestaat niet',
  'name-twice': 'deze naam staat er twee keer',
  'id-twice': 'dit id staat er twee keer',
  'tenant-twice': 'dit bestuur staat er twee keer',
  'client-twice': 'deze client hoort al bij een andere toepassing',
  'processing-unknown':
    'onbekende verwerkingsactiviteit "{verwerking}": verwacht wordt een van {known}',
  'no-route': 'geen enkele route leidt {type} ergens heen: voeg er een toe',
  'schema-long': 'verwacht worden hoogstens {limit} tekens JSON',
  'pattern-slow':
    'patroon {pattern}: verwacht worden tekens en klassen met aantallen, zoals {example}',
  'schema-unreadable': 'geen JSON Schema: {reason}',
  'mapping-lost': 'het schema heeft geen eigenschap op {pointer}',
  'category-lost': 'category ontbreekt: het schema heeft geen {pointer}',
  'address-https': 'verwacht wordt een https-adres zonder aanmeldgegevens',
  'secret-unknown': 'onbekend geheim "{name}": geef zijn waarde met --secrets of in de omgeving',
  'same-key': '{by} heeft dezelfde sleutel, client of hetzelfde token als {other}',

  missing: '{name} ontbreekt: verwacht wordt {expected}',
  'a-value': 'een waarde',
  'another-value': 'een andere waarde',
  'unknown-among': 'onbekend: verwacht wordt een van {known}',
  unknown: 'onbekend: verwacht wordt {expected}',
  'expected-found': 'verwacht wordt {expected}, er staat {found}',
  'found.nothing': 'niets',
  'found.list': 'een lijst',
  'found.object': 'een object',

  'filter.object': 'verwacht wordt een object met namen van kenmerken en teksten',
  'filter.name': '"{name}" is geen kenmerk van CloudEvents en geen data.<pad>',
  'filter.text': 'verwacht wordt een tekst die niet leeg is',
  'filter.list': 'verwacht wordt een lijst van minstens één filter',
  'filter.sql':
    'het dialect sql wordt niet aangeboden: schrijf het met exact, prefix, suffix, all, any en not',
  'filter.deep': 'filters zijn dieper genest dan {limit}',
  'filter.one':
    'verwacht wordt een object met precies een van exact, prefix, suffix, all, any, not',
  'filter.dialect':
    'onbekend dialect "{name}": verwacht wordt exact, prefix, suffix, all, any of not',

  'credential-unknown': 'bestuur {tenant} heeft geen toepassing "{credential}"',
  'keys-two':
    'toepassing "{credential}" van {tenant} heeft al twee geldige sleutels: beëindig de oudste met --drop-oldest',
  'key-unknown': 'toepassing "{credential}" heeft die sleutel niet',

  'changed-meanwhile':
    'Bestuur {tenant} werd intussen veranderd. Kijk hoe het nu is en probeer het dan opnieuw',
  'changed-meanwhile-by':
    'Bestuur {tenant} werd intussen veranderd door {by}: {words}. Kijk hoe het nu is en probeer het dan opnieuw',
} as const;
