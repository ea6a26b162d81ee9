import type { DoorTexts } from './texts.nl.js';

export const fr: DoorTexts = {
  titles: {
    unauthorized: 'Non identifié',
    forbidden: 'Accès refusé',
    'tenant-mismatch': 'Autre administration',
    'source-not-allowed': 'Source non autorisée',
    'type-not-allowed': 'Type de message non autorisé',
    'envelope-invalid': 'CloudEvent non valide',
    'not-json': 'Pas du JSON',
    'too-deep': 'Imbrication trop profonde',
    'too-large': 'Trop volumineux',
    'unsupported-media': 'Format non pris en charge',
    'unknown-type': 'Type de message inconnu',
    invalid: 'Message non valide',
    'subject-mismatch': 'Le sujet ne correspond pas',
    'time-implausible': 'Moment invraisemblable',
    'no-route': 'Pas de destination',
    'verwerking-missing': 'Traitement manquant',
    'verwerking-unknown': 'Traitement inconnu',
    'personal-data-in-attribute': 'Donnée personnelle dans un attribut',
    'attachment-unknown': 'Annexe inconnue',
    'digest-mismatch': "L'empreinte ne correspond pas",
    conflict: 'Autre contenu sous le même id',
    'rate-limited': 'Trop de requêtes',
    'broker-unavailable': 'Momentanément indisponible',
    'not-found': 'Introuvable',
    expired: 'Expiré',
    'bad-query': 'Requête non valide',
    unavailable: 'Momentanément indisponible',
    timeout: 'Trop lent',
    unclassified: 'Erreur inattendue',
  },
  details: {
    unauthorized: "La clé d'API ou le jeton n'est pas ou plus valable.",
    'unauthorized.missing':
      'Donnez une clé d\'API ou un jeton OAuth 2 : "Authorization: Bearer …".',
    forbidden: 'Cet accès ne le permet pas.',
    'forbidden.answer': 'Cet accès ne peut pas poser cette question, ni lire sa réponse.',
    'forbidden.client': "Ce jeton a été donné à un client que cette administration n'admet pas.",
    'forbidden.scope': "Ce jeton n'a pas le scope {scope}.",
    'forbidden.postvak': 'Cet accès ne peut pas lire ce postvak.',
    'tenant-mismatch':
      "L'attribut tenant désigne une autre administration que celle de cet accès. Supprimez-le.",
    'source-not-allowed': 'Cet accès ne peut pas envoyer avec cette source.',
    'type-not-allowed': 'Cet accès ne peut pas envoyer de messages de ce type.',
    'envelope-invalid': "L'enveloppe du message n'est pas un CloudEvent 1.0 valide.",
    'envelope-invalid.batch': 'Un lot est une liste JSON de CloudEvents.',
    'envelope-invalid.empty-batch': 'Le lot est vide.',
    'envelope-invalid.body': "Le corps de la requête n'a pas la forme demandée.",
    'not-json': "Le corps de la requête n'est pas du JSON valide.",
    'not-json.bom': "Le corps commence par un indicateur d'ordre des octets (BOM). Supprimez-le.",
    'not-json.utf-8': "Le corps n'est pas de l'UTF-8 valide.",
    'not-json.gzip': "Le corps n'est pas un gzip complet.",
    'too-deep': 'Le message a plus de {limit} niveaux imbriqués.',
    'too-large': 'Le corps dépasse {limit} octets. Envoyez les grands fichiers comme annexes.',
    'too-large.attachment': 'Une annexe compte au maximum {limit} octets.',
    'too-large.attachments': 'Un signalement compte au maximum {limit} annexes.',
    'too-large.batch': 'Un lot compte au maximum {limit} messages.',
    'too-large.header': "L'adresse ou les en-têtes de la requête sont trop longs.",
    'unsupported-media':
      'Utilisez application/cloudevents+json, application/cloudevents-batch+json, ou des en-têtes ce- avec application/ld+json ou application/json.',
    'unsupported-media.encoding': 'Seul Content-Encoding gzip est accepté.',
    'unsupported-media.attachment':
      "Le Content-Type n'est pas un type de média valide, comme image/jpeg ou application/cloudevents+json.",
    'unsupported-media.identity': "Envoyez les octets d'une annexe sans Content-Encoding.",
    'unsupported-media.submission':
      'Utilisez application/json, ou multipart/form-data avec le signalement et ses annexes.',
    'unsupported-media.attachment-type': "Une annexe est d'un de ces types : {types}.",
    'unsupported-media.charset': "Seul l'UTF-8 est accepté.",
    'unknown-type': "Ce type de message n'existe pas. GET /v1/types donne la liste.",
    invalid: 'Le message ne suit pas le schéma de son type.',
    'subject-mismatch': 'subject et data.@id doivent être égaux.',
    'time-implausible': "time se situe à plus de 24 heures dans l'avenir.",
    'invalid.submission': 'Le signalement ne suit pas le schéma de la configuration.',
    'no-route.question':
      "Aucun système couplé de cette administration ne répond à {type}. L'opérateur en couple un dont le connecteur répond à ce type (voir les README des connecteurs) et ajoute une route.",
    'no-route': "Cette administration n'a pas de destination pour ce message.",
    'verwerking-missing':
      "Ce type de message porte des données personnelles : nommez l'activité de traitement dans verwerking.",
    'verwerking-unknown': 'Ce traitement ne figure pas dans le registre de cette administration.',
    'personal-data-in-attribute':
      'Un attribut contient un numéro de registre national. Mettez les données personnelles uniquement dans data.',
    'attachment-unknown':
      "Le message renvoie à une annexe que cette administration n'a pas déposée.",
    'digest-mismatch': 'Les octets reçus ont un autre SHA-256 que celui de Repr-Digest.',
    'digest-mismatch.malformed':
      'Repr-Digest est illisible. Donnez sha-256=:…: avec le SHA-256 des octets en base64.',
    conflict: 'Un message au contenu différent a déjà été accepté sous cette source et cet id.',
    'rate-limited':
      'Cette administration fait trop de requêtes. Attendez le temps indiqué par Retry-After.',
    'broker-unavailable':
      "Le bus ne peut rien accepter pour l'instant. Rien n'est entré ; renvoyez plus tard.",
    'broker-unavailable.unknown':
      "Le bus ne peut pas dire si le message est entré. Renvoyez-le plus tard avec les mêmes source et id : il n'est alors pas traité deux fois.",
    'not-found': "Ceci n'existe pas, ou pas pour cet accès.",
    'not-found.method': 'Cette adresse existe, mais pas pour cette méthode.',
    expired: "La réponse n'est plus disponible.",
    'bad-query': 'La requête a un paramètre inconnu ou non valide.',
    'bad-query.http': "La requête n'est pas du HTTP valide.",
    'bad-query.body': 'La requête ne peut pas être lue ainsi.',
    unavailable:
      "Ceci n'est pas possible pour l'instant. L'envoi de messages continue ; réessayez plus tard.",
    'unavailable.issuer':
      "Le jeton ne peut pas être vérifié pour l'instant : son émetteur ne répond pas. Réessayez plus tard.",
    'unavailable.attesten':
      "Les attestations ne peuvent pas être consultées pour l'instant : le système de l'administration ne répond pas à temps. Réessayez plus tard.",
    timeout: "Le corps n'est pas arrivé entier dans le temps permis. Rien n'est entré.",
    unclassified:
      "Une erreur s'est produite de notre côté. Signalez-la avec le numéro dans instance.",
  },
  reasons: {
    'door.attribute':
      "Le nom d'un attribut ne contient que des minuscules et des chiffres, et n'est pas data.",
    'door.header-ascii': "Codez les caractères hors ASCII comme séquences pour cent d'UTF-8.",
    'door.header-percent': "Le codage pour cent de cet en-tête n'est pas correct.",
    'door.header-twice': "Cet en-tête figure plus d'une fois.",
    'door.query-unknown': "Ce paramètre n'existe pas ici.",
    'door.query-value': "Cette valeur n'est pas valable ici.",
    'door.leases': 'Donnez leases comme une liste de 1 à 1000 baux.',
    'door.delay': 'Donnez delaySeconds comme un nombre entier de 0 à 86400.',
    'door.insz':
      "Ce n'est pas un numéro de registre national ou BIS : onze chiffres sans ponctuation, avec un contrôle valable.",
    'door.form': 'Cette valeur ne suit pas le schéma de la configuration ({rule}).',
  },
};
