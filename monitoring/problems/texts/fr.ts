import type { Translated } from '#oslo/told.js';
import type { nl } from './nl.js';

/** What operators are told, in French. */
export const fr: Translated<typeof nl> = {
  'title.unauthorized': 'Vous n’êtes pas connecté',
  'title.forbidden': 'Ceci ne vous est pas permis',
  'title.not-configured': 'Ceci n’est pas encore configuré ici',
  'title.bad-request': 'La demande n’est pas correcte',
  'title.not-found': 'Ceci n’existe pas',
  'title.gone': 'Ceci n’est plus conservé',
  'title.conflict': 'Autre chose est passé avant',
  'title.precondition-failed': 'Ce n’est plus ce que vous avez vu',
  'title.precondition-required': 'Dites quel état vous avez vu',
  'title.invalid': 'Quelque chose n’est pas correct ici',
  'title.unavailable': 'Ce n’est pas possible maintenant',
  'title.internal': 'Quelque chose s’est mal passé',

  'not-signed-in':
    'Connectez-vous à la console, ou envoyez le jeton d’un opérateur comme bearer token.',
  'token-unknown': 'Le bearer token n’est ici à personne.',
  'sign-in-unset':
    'Personne ne peut se connecter : configurez LBBUS_OIDC_ISSUER et ce qui va avec (docs/operate/console.md).',
  'people-unset':
    'Configurez LBBUS_OIDC_ISSUER pour des personnes, ou LBBUS_OPERATOR_TOKENS_FILE avec un fichier d’une ligne « {line} » par jeton.',
  'session-header': 'Avec une session, {method} demande l’en-tête {header}: 1.',
  'right-missing': 'Ceci demande le droit « {right} », que {roles} n’a pas.',

  'tenant-unknown': 'Il n’y a pas d’administration {tenant}.',
  'tenant-known': 'Il y a déjà une administration {tenant}.',
  'tenant-renamed': 'Ceci décrit {declared} et non {tenant} : une administration garde son nom.',
  'tenant-not-yours':
    'Une administration est créée par un opérateur de toutes les administrations.',
  'tenant-broken': 'Ce que l’administration deviendrait n’est pas encore correct.',
  'of-the-service':
    'C’est à un opérateur du service de changer ceci : demandez-le, et laissez-le tel quel.',
  'of-the-service-here': 'Seul un opérateur du service change ceci.',
  'left-behind': 'Des messages resteraient en arrière : laissez-les livrer ou rejetez-les d’abord.',
  'connector-unknown': '{tenant} n’a pas de liaison {target}.',
  'not-held': '{target} de {tenant} n’est pas retenu.',
  'never-checked': '{target} de {tenant} n’a jamais été contrôlé.',

  'secrets-wrong': 'Ce qui est donné des secrets n’est pas correct.',
  'secrets-refused': 'Un secret n’est pas ce que son connecteur accepte.',
  'secrets-unsealable':
    'Les secrets ne peuvent pas être scellés ici : donnez à monitoring LBBUS_SEALING_KEY_FILE, créé par « lb-bus keys sealing ».',
  'secret.form': 'attendu un objet avec value et expiresAt',
  'secret.more': 'c’est plus que value et expiresAt',
  'secret.text': 'la valeur n’est pas un texte',
  'secret.long': 'la valeur a plus de {limit} caractères',
  'secret.day': 'la fin n’est pas un jour, comme 2027-01-31',
  'key-stays': 'La clé précédente peut rester valable {days} jours au plus.',
  'key-invalid': 'Ce n’est pas une clé valable d’une application de {tenant}.',

  'try-one': 'Donnez soit un message, soit le numéro d’un message conservé.',
  'try-reads':
    'Des routes non enregistrées révèlent ce que contient un message conservé : ceci demande le droit « read-body ».',
  'filter-broken': 'Un filtre ne peut pas être lu.',
  'gateway-away':
    'La gateway ne répond pas à {url} : vérifiez LBBUS_PUBLIC_URL de monitoring, et si la gateway tourne.',
  'door-refused': 'La porte l’a refusé ({status}) : {words}',

  'message-unknown': 'L’administration {tenant} n’a pas de message {message}.',
  'body-gone': 'Le contenu du message {message} n’est plus conservé.',
  'body-not-here': 'Le contenu du message {message} n’est plus conservé, ou n’est pas encore ici.',
  'body-sealed': 'Aucune clé disponible n’ouvre le contenu du message {message}.',
  'not-masked': 'Rien n’est masqué à {pointer}.',
  'may-not-uncover':
    'Ce qui se trouve à {pointer} est du genre « {kind} », que {roles} ne peut pas dévoiler.',
  cursor: 'Ce curseur ne vient pas de cette API.',

  'register-unreadable': 'Sans les clés de {tenant}, son registre ne parle de personne.',
  'register-empty': 'L’administration {tenant} n’est pas ici et n’avait rien demandé alors.',

  'order-unknown': 'Il n’y a pas d’ordre {id}.',
  'order-turn': '{verb} ne se peut qu’avec un ordre {from} ; celui-ci est {state}.',
  'order-turn-after':
    '{verb} ne se peut qu’avec un ordre {from} ; celui-ci est {state}. {operator} y a touché en dernier.',
  'verb.start': 'Démarrer',
  'verb.pause': 'Mettre en pause',
  'verb.resume': 'Reprendre',
  'verb.cancel': 'Annuler',
  'state.planned': 'planifié',
  'state.running': 'en cours',
  'state.paused': 'en pause',
  'state.stopped': 'arrêté',
  'state.done': 'terminé',
  'state.cancelled': 'annulé',
  'selection-empty': 'Dites quels messages, par au moins un critère.',
  'selection-nothing': 'Aucun message parqué ne correspond à la sélection.',
  'not-parked': 'Le message {message} n’est pas parqué chez {target} de {tenant}.',
  'message-busy': 'Le message est déjà dans un ordre.',
  'digest-missing':
    'Envoyez If-Match avec le digest du message, comme GET /admin/v1/parked/messages le donne.',
  'digest-other': 'If-Match n’est pas le digest du message.',
  'mask-written':
    'La correction écrirait {mask} sur ce qui se trouve dessous : dévoilez d’abord ce champ, ou laissez-le hors de la correction.',
  'copy-refused': 'La copie a été refusée ({code}) ; l’original est tel qu’il était.',
  'edit-nothing': 'La correction ne change rien : rejouez plutôt le message.',
  'edit-either': 'Donnez soit data, soit patch.',

  'nothing-at': 'Il n’y a rien à {path}.',
  'console-unbuilt': 'La console n’a pas été construite : npm start la construit.',
  unreadable: 'La demande n’a pas pu être lue.',
  'request-wrong': 'La demande n’est pas correcte à ces endroits.',
  internal: 'Le journal en dit plus, sous le numéro de cette réponse.',
  'database-away':
    '{why} ({code}). Réessayez plus tard ; rien ne se perd entre-temps : ce qui se passe attend dans le broker jusqu’à ce que cela puisse être conservé.',
  'database.full': 'PostgreSQL est plein',
  'database.no-connection': 'PostgreSQL n’a plus de connexion libre',
  'database.read-only':
    'PostgreSQL n’accepte pas d’écriture : c’est un standby, ou en lecture seule',
  'database.stopping': 'PostgreSQL est en train de s’arrêter',
  'database.starting': 'PostgreSQL démarre ou se rétablit',
  'database.slow': 'PostgreSQL est trop lent',
  'database.login': 'PostgreSQL n’accepte pas l’identification de DATABASE_URL',
  'database.no-database': 'PostgreSQL ne donne pas la base de données de DATABASE_URL',
  'database.not-found': 'PostgreSQL est introuvable : l’hôte de DATABASE_URL n’a pas d’adresse',
  'database.silent': 'PostgreSQL ne répond pas',
  'database.busy': 'Ce processus n’avait pas de connexion libre à PostgreSQL',
  'database.in-the-way': 'Une autre transaction était dans le chemin',

  'rule.arrayMaxSize': 'attendu au plus {limit} éléments',
  'rule.arrayMinSize': 'attendu au moins {limit} éléments',
  'rule.isArray': 'attendu une liste',
  'rule.isBoolean': 'attendu true ou false',
  'rule.isDateString': 'attendu un jour ou un moment, comme 2027-01-31',
  'rule.isDefined': 'ceci est obligatoire',
  'rule.isIn': 'attendu l’un de {limit}',
  'rule.isInt': 'attendu un nombre entier',
  'rule.isIso8601': 'attendu un moment, comme 2027-01-31T12:00:00Z',
  'rule.isLength': 'attendu {limit} caractères',
  'rule.isObject': 'attendu un objet',
  'rule.isString': 'attendu un texte',
  'rule.isUuid': 'attendu un UUID',
  'rule.matches': 'ceci ne suit pas le motif {limit}',
  'rule.max': 'attendu au plus {limit}',
  'rule.maxLength': 'attendu au plus {limit} caractères',
  'rule.min': 'attendu au moins {limit}',
  'rule.whitelistValidation': 'ceci n’existe pas ici',
  'rule.other': 'cette valeur n’est pas possible ici ({limit})',
};
