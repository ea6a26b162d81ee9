import type { RefusalCode } from '#intake/refusal.js';

/** Words of the door in one language; `{name}` stands for a parameter. `details` may hold `<code>.<variant>` too. */
export interface DoorTexts {
  readonly titles: Readonly<Record<RefusalCode, string>>;
  readonly details: Readonly<Record<RefusalCode | DetailVariant, string>>;
  readonly reasons: Readonly<Record<ReasonKey, string>>;
}

type DetailVariant =
  | 'unauthorized.missing'
  | 'forbidden.postvak'
  | 'forbidden.answer'
  | 'forbidden.client'
  | 'forbidden.scope'
  | 'invalid.submission'
  | 'no-route.question'
  | 'envelope-invalid.batch'
  | 'envelope-invalid.empty-batch'
  | 'envelope-invalid.body'
  | 'not-json.bom'
  | 'not-json.utf-8'
  | 'not-json.gzip'
  | 'too-large.batch'
  | 'too-large.attachment'
  | 'too-large.attachments'
  | 'digest-mismatch.malformed'
  | 'too-large.header'
  | 'unsupported-media.encoding'
  | 'unsupported-media.charset'
  | 'unsupported-media.attachment'
  | 'unsupported-media.identity'
  | 'unsupported-media.submission'
  | 'unsupported-media.attachment-type'
  | 'not-found.method'
  | 'broker-unavailable.unknown'
  | 'unavailable.issuer'
  | 'unavailable.attesten'
  | 'bad-query.http'
  | 'bad-query.body';

type ReasonKey =
  | 'door.attribute'
  | 'door.header-ascii'
  | 'door.header-percent'
  | 'door.header-twice'
  | 'door.query-unknown'
  | 'door.query-value'
  | 'door.leases'
  | 'door.delay'
  | 'door.insz'
  | 'door.form';

export const nl: DoorTexts = {
  titles: {
    unauthorized: 'Niet aangemeld',
    forbidden: 'Geen toegang',
    'tenant-mismatch': 'Ander bestuur',
    'source-not-allowed': 'Bron niet toegelaten',
    'type-not-allowed': 'Berichttype niet toegelaten',
    'envelope-invalid': 'Geen geldig CloudEvent',
    'not-json': 'Geen JSON',
    'too-deep': 'Te diep genest',
    'too-large': 'Te groot',
    'unsupported-media': 'Formaat niet ondersteund',
    'unknown-type': 'Onbekend berichttype',
    invalid: 'Ongeldig bericht',
    'subject-mismatch': 'Onderwerp klopt niet',
    'time-implausible': 'Tijdstip klopt niet',
    'no-route': 'Geen bestemming',
    'verwerking-missing': 'Verwerking ontbreekt',
    'verwerking-unknown': 'Verwerking onbekend',
    'personal-data-in-attribute': 'Persoonsgegeven in een attribuut',
    'attachment-unknown': 'Bijlage onbekend',
    'digest-mismatch': 'Controlegetal klopt niet',
    conflict: 'Andere inhoud onder hetzelfde id',
    'rate-limited': 'Te veel aanvragen',
    'broker-unavailable': 'Even niet beschikbaar',
    'not-found': 'Niet gevonden',
    expired: 'Verlopen',
    'bad-query': 'Ongeldige aanvraag',
    unavailable: 'Even niet beschikbaar',
    timeout: 'Te traag',
    unclassified: 'Onverwachte fout',
  },
  details: {
    unauthorized: 'De API-sleutel of het token is niet (meer) geldig.',
    'unauthorized.missing':
      'Geef een API-sleutel of een OAuth 2-token mee als "Authorization: Bearer …".',
    forbidden: 'Deze toegang laat dit niet toe.',
    'forbidden.answer':
      'Deze toegang mag deze vraag niet stellen, en dus ook het antwoord niet lezen.',
    'forbidden.client': 'Dit token werd aan een client gegeven die dit bestuur niet toelaat.',
    'forbidden.scope': 'Dit token heeft de scope {scope} niet.',
    'forbidden.postvak': 'Deze toegang mag dit postvak niet lezen.',
    'tenant-mismatch':
      'Het attribuut tenant noemt een ander bestuur dan dat van deze toegang. Laat het weg.',
    'source-not-allowed': 'Deze toegang mag niet verzenden met deze source.',
    'type-not-allowed': 'Deze toegang mag berichten van dit type niet verzenden.',
    'envelope-invalid': 'De omslag van het bericht is geen geldig CloudEvent 1.0.',
    'envelope-invalid.batch': 'Een batch is een JSON-lijst van CloudEvents.',
    'envelope-invalid.empty-batch': 'De batch is leeg.',
    'envelope-invalid.body': 'De inhoud van de aanvraag heeft niet de gevraagde vorm.',
    'not-json': 'De inhoud van de aanvraag is geen geldige JSON.',
    'not-json.bom': 'De inhoud begint met een byte order mark. Laat die weg.',
    'not-json.utf-8': 'De inhoud is geen geldige UTF-8.',
    'not-json.gzip': 'De inhoud is geen volledige gzip.',
    'too-deep': 'Het bericht is dieper genest dan {limit} niveaus.',
    'too-large': 'De inhoud is groter dan {limit} bytes. Verzend grote bestanden als bijlage.',
    'too-large.attachment': 'Een bijlage is hoogstens {limit} bytes groot.',
    'too-large.attachments': 'Een melding telt hoogstens {limit} bijlagen.',
    'too-large.batch': 'Een batch telt hoogstens {limit} berichten.',
    'too-large.header': 'Het adres of de headers van de aanvraag zijn te lang.',
    'unsupported-media':
      'Gebruik application/cloudevents+json, application/cloudevents-batch+json, of ce-headers met application/ld+json of application/json.',
    'unsupported-media.encoding': 'Alleen Content-Encoding gzip wordt aanvaard.',
    'unsupported-media.attachment':
      'De Content-Type is geen geldig mediatype, zoals image/jpeg of application/cloudevents+json.',
    'unsupported-media.identity': 'Verzend de bytes van een bijlage zonder Content-Encoding.',
    'unsupported-media.submission':
      'Gebruik application/json, of multipart/form-data met de melding en haar bijlagen.',
    'unsupported-media.attachment-type': 'Een bijlage is van een van deze types: {types}.',
    'unsupported-media.charset': 'Alleen UTF-8 wordt aanvaard.',
    'unknown-type': 'Dit berichttype bestaat niet. GET /v1/types geeft de lijst.',
    invalid: 'Het bericht voldoet niet aan het schema van zijn type.',
    'subject-mismatch': 'subject en data.@id moeten gelijk zijn.',
    'time-implausible': 'time ligt meer dan 24 uur in de toekomst.',
    'invalid.submission': 'De melding volgt het schema van de configuratie niet.',
    'no-route.question':
      'Geen enkel gekoppeld systeem van dit bestuur beantwoordt {type}. De beheerder koppelt er een waarvan de connector dit berichttype beantwoordt (zie de README van de connectoren) en legt een route.',
    'no-route': 'Dit bestuur heeft voor dit bericht geen bestemming ingesteld.',
    'verwerking-missing':
      'Dit berichttype draagt persoonsgegevens: noem de verwerkingsactiviteit in verwerking.',
    'verwerking-unknown': 'Deze verwerking staat niet in het register van dit bestuur.',
    'personal-data-in-attribute':
      'Een attribuut bevat een rijksregisternummer. Zet persoonsgegevens alleen in data.',
    'attachment-unknown':
      'Het bericht verwijst naar een bijlage die dit bestuur niet heeft opgeladen.',
    'digest-mismatch': 'De ontvangen bytes hebben een andere SHA-256 dan Repr-Digest zegt.',
    'digest-mismatch.malformed':
      'Repr-Digest is niet leesbaar. Geef sha-256=:…: met de SHA-256 van de bytes in base64.',
    conflict: 'Onder deze source en id is eerder een bericht met andere inhoud aanvaard.',
    'rate-limited': 'Dit bestuur doet te veel aanvragen. Wacht zolang Retry-After zegt.',
    'broker-unavailable':
      'De bus kan nu niets aanvaarden. Er is niets binnengekomen; verzend later opnieuw.',
    'broker-unavailable.unknown':
      'De bus kan niet zeggen of het bericht is binnengekomen. Verzend het later opnieuw met dezelfde source en hetzelfde id: het wordt dan niet dubbel verwerkt.',
    'not-found': 'Dit bestaat niet, of niet voor deze toegang.',
    'not-found.method': 'Dit adres bestaat, maar niet voor deze methode.',
    expired: 'Het antwoord is niet meer beschikbaar.',
    'bad-query': 'De aanvraag heeft een onbekende of ongeldige parameter.',
    'bad-query.http': 'De aanvraag is geen geldige HTTP.',
    'bad-query.body': 'De aanvraag kan zo niet gelezen worden.',
    unavailable: 'Dit kan nu even niet. Berichten verzenden kan wel; probeer dit later opnieuw.',
    'unavailable.issuer':
      'Het token kan nu niet gecontroleerd worden: de uitgever antwoordt niet. Probeer later opnieuw.',
    'unavailable.attesten':
      'De attesten kunnen nu niet opgevraagd worden: het systeem van het bestuur antwoordt niet op tijd. Probeer later opnieuw.',
    timeout: 'De inhoud kwam niet volledig binnen de toegestane tijd. Er is niets binnengekomen.',
    unclassified: 'Er ging bij ons iets mis. Meld het met het nummer in instance.',
  },
  reasons: {
    'door.attribute':
      'De naam van een attribuut bestaat uit kleine letters en cijfers, en is niet data.',
    'door.header-ascii': 'Codeer tekens buiten ASCII als procentreeksen van UTF-8.',
    'door.header-percent': 'De procentcodering van deze header klopt niet.',
    'door.header-twice': 'Deze header staat er meer dan één keer.',
    'door.query-unknown': 'Deze parameter bestaat hier niet.',
    'door.query-value': 'Deze waarde is hier niet geldig.',
    'door.leases': 'Geef leases als een lijst van 1 tot 1000 leases.',
    'door.delay': 'Geef delaySeconds als een geheel getal van 0 tot 86400.',
    'door.insz':
      'Dit is geen rijksregisternummer of BIS-nummer: elf cijfers zonder leestekens, met geldig controlegetal.',
    'door.form': 'Deze waarde volgt het schema van de configuratie niet ({rule}).',
  },
};
