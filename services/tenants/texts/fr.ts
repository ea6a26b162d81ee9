import type { Translated } from '#oslo/told.js';
import type { nl } from './nl.js';

/** What is told of tenants, in French. */
export const fr: Translated<typeof nl> = {
  'connector-unknown': 'connecteur inconnu « {id} » : attendu l’un de {known}',
  'nobody-hears': '{id} n’a pas de source que l’on appelle : personne ne lirait ce qui arrive',
  'target-unknown': 'destination inconnue « {target} » : attendu l’une de {known}',
  'takes-not': '{id} n’accepte pas {type}',
  'type-unknown': 'type de message inconnu « {type} »',
  'answer-routed': 'une réponse va à celui qui a posé la question',
  'one-target.command': 'un ordre va à exactement une destination',
  'one-target.question': 'une question va à exactement une destination',
  'no-such-day': 'ce jour n’existe pas',
  'name-twice': 'ce nom y figure deux fois',
  'id-twice': 'cet identifiant y figure deux fois',
  'tenant-twice': 'cette administration y figure deux fois',
  'client-twice': 'ce client sert déjà une autre application',
  'processing-unknown':
    'activité de traitement inconnue « {verwerking} » : attendu l’une de {known}',
  'no-route': 'aucune route ne mène {type} quelque part : ajoutez-en une',
  'schema-long': 'attendu au plus {limit} caractères de JSON',
  'pattern-slow':
    'motif {pattern} : attendu des caractères et des classes avec un nombre, comme {example}',
  'schema-unreadable': 'ce n’est pas un JSON Schema : {reason}',
  'mapping-lost': 'le schéma n’a pas de propriété à {pointer}',
  'category-lost': 'category manque : le schéma n’a pas de {pointer}',
  'address-https': 'attendu une adresse https sans identifiants',
  'secret-unknown':
    'secret inconnu « {name} » : donnez sa valeur par --secrets ou dans l’environnement',
  'same-key': '{by} a la même clé, le même client ou le même jeton que {other}',

  missing: '{name} manque : attendu {expected}',
  'a-value': 'une valeur',
  'another-value': 'une autre valeur',
  'unknown-among': 'inconnu : attendu l’un de {known}',
  unknown: 'inconnu : attendu {expected}',
  'expected-found': 'attendu {expected}, trouvé {found}',
  'found.nothing': 'rien',
  'found.list': 'une liste',
  'found.object': 'un objet',

  'filter.object': 'attendu un objet de noms d’attributs et de textes',
  'filter.name': '« {name} » n’est ni un attribut de CloudEvents ni data.<chemin>',
  'filter.text': 'attendu un texte qui n’est pas vide',
  'filter.list': 'attendu une liste d’au moins un filtre',
  'filter.sql':
    'le dialecte sql n’est pas proposé : écrivez-le avec exact, prefix, suffix, all, any et not',
  'filter.deep': 'les filtres sont imbriqués au-delà de {limit} niveaux',
  'filter.one': 'attendu un objet avec exactement un de exact, prefix, suffix, all, any, not',
  'filter.dialect': 'dialecte inconnu « {name} » : attendu exact, prefix, suffix, all, any ou not',

  'credential-unknown': 'l’administration {tenant} n’a pas d’application « {credential} »',
  'keys-two':
    'l’application « {credential} » de {tenant} a déjà deux clés valables : mettez fin à la plus ancienne par --drop-oldest',
  'key-unknown': 'l’application « {credential} » n’a pas cette clé',

  'changed-meanwhile':
    'L’administration {tenant} a été modifiée entre-temps. Regardez comment elle est à présent, puis réessayez',
  'changed-meanwhile-by':
    'L’administration {tenant} a été modifiée entre-temps par {by} : {words}. Regardez comment elle est à présent, puis réessayez',
};
