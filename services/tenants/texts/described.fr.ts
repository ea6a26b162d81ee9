/** What a declaration asks in a place, in French, by how its schema says it. */
export const fr: Readonly<Record<string, string>> = {
  'a name of lower-case letters, digits, dots and dashes':
    'un nom de minuscules, chiffres, points et tirets',
  'a secret by its name: { secret: name }': 'un secret par son nom : { secret: nom }',
  'the id of a connector': 'l’identifiant d’un connecteur',
  'the settings of the connector': 'les réglages du connecteur',
  'true, for a token of our own, or { token: { secret: name } }':
    'true, pour un jeton à nous, ou { token: { secret: nom } }',
  'true or false': 'true ou false',
  'an object with settings': 'un objet avec settings',
  'a message type': 'un type de message',
  '{ type: … }': '{ type: … }',
  'one filter, such as exact': 'un filtre, comme exact',
  'the name of a connector of this tenant': 'le nom d’une liaison de cette administration',
  'a list of at least one connector of this tenant, each once':
    'une liste d’au moins une liaison de cette administration, chacune une fois',
  'an object with when and to': 'un objet avec when et to',
  'a name of lower-case letters, digits and dashes': 'un nom de minuscules, chiffres et tirets',
  'SHA-256 in hex': 'SHA-256 en hexadécimal',
  '{ secret: name } or { sha256: 64 hexadecimal digits }':
    '{ secret: nom } ou { sha256: 64 chiffres hexadécimaux }',
  'a list of at most two API keys': 'une liste d’au plus deux clés d’API',
  'the address of the issuer': 'l’adresse de l’émetteur',
  'a client': 'un client',
  '{ issuer: …, clientId: … }': '{ issuer: …, clientId: … }',
  'an absolute URI, or "*"': 'une URI absolue, ou « * »',
  'a list of sources, each once': 'une liste de sources, chacune une fois',
  'a message type, or "*"': 'un type de message, ou « * »',
  'a list of types, each once': 'une liste de types de message, chacun une fois',
  'the name of a postvak': 'le nom d’un casier',
  'a list of postvakken, each once': 'une liste de casiers, chacun une fois',
  'a day, 2027-01-31, or a moment, 2027-01-31T12:00:00Z':
    'un jour, 2027-01-31, ou un moment, 2027-01-31T12:00:00Z',
  'an object with a name': 'un objet avec name',
  '2 to 40 lower-case letters, digits and dashes': '2 à 40 minuscules, chiffres et tirets',
  'the name of the government': 'le nom de l’administration',
  'the IRI of the bestuurseenheid': 'l’IRI de la bestuurseenheid',
  'ten digits in quotes, such as "0207433216"': 'dix chiffres entre guillemets, comme "0207433216"',
  'the id of a processing activity': 'l’identifiant d’une activité de traitement',
  'a list of processing activities, each once':
    'une liste d’activités de traitement, chacune une fois',
  '1 to 10000': '1 à 10000',
  '1 to 100000': '1 à 100000',
  '{ perSecond: …, burst: … }': '{ perSecond: …, burst: … }',
  'a host name or IP address, without port': 'un nom d’hôte ou une adresse IP, sans port',
  'a list of hosts, each once': 'une liste d’hôtes, chacun une fois',
  'connectors by name: lower-case letters, digits and dashes':
    'des liaisons par leur nom : minuscules, chiffres et tirets',
  'a list of routes': 'une liste de routes',
  'a list of credentials': 'une liste d’applications',
  'a tenant: an object with tenant, name, bestuurseenheid and kbo':
    'une administration : un objet avec tenant, name, bestuurseenheid et kbo',
  'one OAuth 2 scope': 'une portée (scope) d’OAuth 2',
  'a name': 'un nom',
  'a name in Dutch, or names by language: { nl: …, fr: … }':
    'un nom en néerlandais, ou des noms par langue : { nl: …, fr: … }',
  'letters, digits, dots and dashes': 'lettres, chiffres, points et tirets',
  'the IRI of the meldingstype': 'l’IRI du meldingstype',
  'a category: { id: …, name: …, meldingstype: … }':
    'une catégorie : { id: …, name: …, meldingstype: … }',
  '0 to 20': '0 à 20',
  '1 to 104857600': '1 à 104857600',
  'a media type': 'un type de média',
  'media types, each once': 'des types de média, chacun une fois',
  'the name of the part that holds the submission':
    'le nom de la partie qui contient ce qui est introduit',
  '{ most: …, maxBytes: …, types: […], part: … }': '{ most: …, maxBytes: …, types: […], part: … }',
  'an IRI in which {id} stands once': 'une IRI où {id} figure une fois',
  'a list of at least one category': 'une liste d’au moins une catégorie',
  'a JSON Schema (2020-12) of what is submitted':
    'un JSON Schema (2020-12) de ce qui est introduit',
  'a JSON pointer, such as /location/longitude': 'un JSON pointer, comme /location/longitude',
  'JSON pointers: where to read what is submitted':
    'des JSON pointers : où lire ce qui est introduit',
  'JSON pointers: where to write the configuration':
    'des JSON pointers : où écrire la configuration',
  'JSON pointers: where to write a category': 'des JSON pointers : où écrire une catégorie',
  'JSON pointers: where to write the answer': 'des JSON pointers : où écrire la réponse',
  '{ configuration: …, category: …, answer: … }': '{ configuration: …, category: …, answer: … }',
  'an object with verwerking and categories': 'un objet avec verwerking et categories',
  '1 to 30': '1 à 30',
  'JSON pointers: where to write an attest': 'des JSON pointers : où écrire une attestation',
  'JSON pointers: where to write the page': 'des JSON pointers : où écrire la page',
  '{ certificate: …, page: … }': '{ certificate: …, page: … }',
  'an object with scope and verwerking': 'un objet avec scope et verwerking',
  'the id of the form': 'l’identifiant du formulaire',
  'the id of the product': 'l’identifiant du produit',
  'the audience of the token': 'l’audience du jeton',
  'an https address, with {TEMP_SSO_TOKEN} where the token comes':
    'une adresse https, avec {TEMP_SSO_TOKEN} là où vient le jeton',
  'an https address': 'une adresse https',
  'a form: id, productId, audience and four https addresses':
    'un formulaire : id, productId, audience et quatre adresses https',
  'a list of forms': 'une liste de formulaires',
  'an object with scope and items': 'un objet avec scope et items',
  'the address of the issuer of its tokens': 'l’adresse de l’émetteur de ses jetons',
  'a client id': 'l’identifiant d’un client',
  'a list of the clients that may call, each once':
    'une liste des clients qui peuvent appeler, chacun une fois',
  'an object with issuer, clients, meldingen, attesten and forms':
    'un objet avec issuer, clients, meldingen, attesten et forms',
};
