/** What a declaration asks in a place, in Dutch, by how its schema says it. */
export const nl: Readonly<Record<string, string>> = {
  'a name of lower-case letters, digits, dots and dashes':
    'een naam van kleine letters, cijfers, punten en streepjes',
  'a secret by its name: { secret: name }': 'een geheim bij zijn naam: { secret: naam }',
  'the id of a connector': 'het id van een connector',
  'the settings of the connector': 'de instellingen van de connector',
  'true, for a token of our own, or { token: { secret: name } }':
    'true, voor een eigen token, of { token: { secret: naam } }',
  'true or false': 'true of false',
  'an object with settings': 'een object met settings',
  'a message type': 'een berichttype',
  '{ type: … }': '{ type: … }',
  'one filter, such as exact': 'één filter, zoals exact',
  'the name of a connector of this tenant': 'de naam van een koppeling van dit bestuur',
  'a list of at least one connector of this tenant, each once':
    'een lijst van minstens één koppeling van dit bestuur, elk één keer',
  'an object with when and to': 'een object met when en to',
  'a name of lower-case letters, digits and dashes':
    'een naam van kleine letters, cijfers en streepjes',
  'SHA-256 in hex': 'SHA-256 in hexadecimale cijfers',
  '{ secret: name } or { sha256: 64 hexadecimal digits }':
    '{ secret: naam } of { sha256: 64 hexadecimale cijfers }',
  'a list of at most two API keys': 'een lijst van hoogstens twee API-sleutels',
  'the address of the issuer': 'het adres van de uitgever',
  'a client': 'een client',
  '{ issuer: …, clientId: … }': '{ issuer: …, clientId: … }',
  'an absolute URI, or "*"': 'een volledige URI, of "*"',
  'a list of sources, each once': 'een lijst van bronnen, elk één keer',
  'a message type, or "*"': 'een berichttype, of "*"',
  'a list of types, each once': 'een lijst van berichttypes, elk één keer',
  'the name of a postvak': 'de naam van een postvak',
  'a list of postvakken, each once': 'een lijst van postvakken, elk één keer',
  'a day, 2027-01-31, or a moment, 2027-01-31T12:00:00Z':
    'een dag, 2027-01-31, of een moment, 2027-01-31T12:00:00Z',
  'an object with a name': 'een object met name',
  '2 to 40 lower-case letters, digits and dashes': '2 tot 40 kleine letters, cijfers en streepjes',
  'the name of the government': 'de naam van het bestuur',
  'the IRI of the bestuurseenheid': 'de IRI van de bestuurseenheid',
  'ten digits in quotes, such as "0207433216"':
    'tien cijfers tussen aanhalingstekens, zoals "0207433216"',
  'the id of a processing activity': 'het id van een verwerkingsactiviteit',
  'a list of processing activities, each once':
    'een lijst van verwerkingsactiviteiten, elk één keer',
  '1 to 10000': '1 tot 10000',
  '1 to 100000': '1 tot 100000',
  '{ perSecond: …, burst: … }': '{ perSecond: …, burst: … }',
  'a host name or IP address, without port': 'een hostnaam of IP-adres, zonder poort',
  'a list of hosts, each once': 'een lijst van hosts, elk één keer',
  'connectors by name: lower-case letters, digits and dashes':
    'koppelingen bij hun naam: kleine letters, cijfers en streepjes',
  'a list of routes': 'een lijst van routes',
  'a list of credentials': 'een lijst van toepassingen',
  'a tenant: an object with tenant, name, bestuurseenheid and kbo':
    'een bestuur: een object met tenant, name, bestuurseenheid en kbo',
  'one OAuth 2 scope': 'één scope van OAuth 2',
  'a name': 'een naam',
  'a name in Dutch, or names by language: { nl: …, fr: … }':
    'een naam in het Nederlands, of namen per taal: { nl: …, fr: … }',
  'letters, digits, dots and dashes': 'letters, cijfers, punten en streepjes',
  'the IRI of the meldingstype': 'de IRI van het meldingstype',
  'a category: { id: …, name: …, meldingstype: … }':
    'een categorie: { id: …, name: …, meldingstype: … }',
  '0 to 20': '0 tot 20',
  '1 to 104857600': '1 tot 104857600',
  'a media type': 'een mediatype',
  'media types, each once': 'mediatypes, elk één keer',
  'the name of the part that holds the submission':
    'de naam van het deel waarin staat wat ingediend wordt',
  '{ most: …, maxBytes: …, types: […], part: … }': '{ most: …, maxBytes: …, types: […], part: … }',
  'an IRI in which {id} stands once': 'een IRI waarin {id} één keer staat',
  'a list of at least one category': 'een lijst van minstens één categorie',
  'a JSON Schema (2020-12) of what is submitted':
    'een JSON Schema (2020-12) van wat ingediend wordt',
  'a JSON pointer, such as /location/longitude': 'een JSON pointer, zoals /location/longitude',
  'JSON pointers: where to read what is submitted':
    'JSON pointers: waar te lezen staat wat ingediend wordt',
  'JSON pointers: where to write the configuration': 'JSON pointers: waar de configuratie komt',
  'JSON pointers: where to write a category': 'JSON pointers: waar een categorie komt',
  'JSON pointers: where to write the answer': 'JSON pointers: waar het antwoord komt',
  '{ configuration: …, category: …, answer: … }': '{ configuration: …, category: …, answer: … }',
  'an object with verwerking and categories': 'een object met verwerking en categories',
  '1 to 30': '1 tot 30',
  'JSON pointers: where to write an attest': 'JSON pointers: waar een attest komt',
  'JSON pointers: where to write the page': 'JSON pointers: waar de bladzijde komt',
  '{ certificate: …, page: … }': '{ certificate: …, page: … }',
  'an object with scope and verwerking': 'een object met scope en verwerking',
  'the id of the form': 'het id van het formulier',
  'the id of the product': 'het id van het product',
  'the audience of the token': 'de audience van het token',
  'an https address, with {TEMP_SSO_TOKEN} where the token comes':
    'een https-adres, met {TEMP_SSO_TOKEN} waar het token komt',
  'an https address': 'een https-adres',
  'a form: id, productId, audience and four https addresses':
    'een formulier: id, productId, audience en vier https-adressen',
  'a list of forms': 'een lijst van formulieren',
  'an object with scope and items': 'een object met scope en items',
  'the address of the issuer of its tokens': 'het adres van de uitgever van zijn tokens',
  'a client id': 'het id van een client',
  'a list of the clients that may call, each once':
    'een lijst van de clients die mogen aanroepen, elk één keer',
  'an object with issuer, clients, meldingen, attesten and forms':
    'een object met issuer, clients, meldingen, attesten en forms',
};
