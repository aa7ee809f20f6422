import type { Key, TableShape } from './engine/engine.ts'

/**
 * All keys of both tables. Infra, stores and engines read them from here, so a key changes only in this file.
 *
 * `Catalog`: what schools offer and buy, and API keys. No personal data.
 *
 * | item      | pk                         | sk                 | found by                                              |
 * |-----------|----------------------------|--------------------|-------------------------------------------------------|
 * | record    | RECORD#{kind}              | {id}               | kind and id; kind is careers, schools, programs ...   |
 * | tombstone | REMOVED#{kind}             | {id}               | generation and version of a deleted record             |
 * | link      | LINK#{kind}#{id}           | {kind}#{id}        | what must be composed again when a record changes      |
 * | manifest  | MANIFEST#{kind}            | {id}               | which composed rows a record has                      |
 * | intent    | INTENTS                    | {kind}#{id}        | records whose composed rows may be out of date; all of them, in one query |
 * | contents  | PAGE#                      | {title}#{slug}     | all careers by title; composed                        |
 * | page      | PAGE#{slug}                | CAREER, LISTING    | career; composed                                      |
 * | states    | PAGE#{slug}                | STATES, STATE#{state} | pay and jobs in all states, and the facts of one; composed |
 * | search    | FIND; FINDMARK             | {first letters}; CAREERS | careers by their words, built from all careers; the mark that one has changed since |
 * | listing leaf | PAGE#{slug}             | LISTING#{leafId}, LISTING#FILTERS | schools of a long listing, in their order; what those of each leaf offer |
 * | listed      | LISTED#{slug}; LISTINGS#{schoolId} | {schoolId}, {schoolId}#{programId}; {slug}#{programId} | where a listing has a school, and its programs; its careers |
 * | offer     | OFFER#{programId}          | PROGRAM, FORM      | program; composed                                     |
 * | candidate | ROUTING#{slug}#{state}     | {campaignId}       | career and state; state `*` is everywhere; composed   |
 * | key       | KEY#{sha256}               | KEY                | hash of the key; a revoked one is not there           |
 * | key story | KEYS                       | {keyId}            | what may be known of a key, for ever                  |
 * | key use   | KEYUSE                     | {keyId}            | when it was last used                                 |
 * | key ring  | KEYRING#{holder}           | KEYRING            | the live keys of a holder; of a school also its live portal sessions and unopened links |
 * | portal link | PORTALLINK#{linkId}      | LINK               | a sign-in link of the portal, and the session that it opened |
 * | portal list | PORTAL{LINKS, SESSIONS}#{schoolId} | {at}#{linkId} | links and sessions by time, of one school; without `#{schoolId}` of all |
 * | root      | ROOT                       | ROOT               | fingerprint of the root secret of a host on one machine |
 * | hold      | HOLD                       | HOLD               | on a backup and what was restored from it: nothing is written until it is settled |
 * | secret    | SECRET#{campaignId}        | SECRET             | campaign; sealed                                      |
 * | headers   | SECRET#{campaignId}        | HEADERS            | campaign; secrets of its headers by name, each sealed |
 *
 * `Leads`: personal data. The due index has ids only, so that the sweeper reads no personal data.
 *
 * | item        | pk                        | sk                     | index                                              |
 * |-------------|---------------------------|------------------------|----------------------------------------------------|
 * | lead        | LEAD#{leadId}             | LEAD                   | timeline LEADS#{day} / {receivedAt}#{leadId}; due OFFERS#{shard} / {offerAt}#{leadId}, or QUARANTINE / {receivedAt}#{leadId} |
 * | decision    | LEAD#{leadId}             | DECISION#{decidedAt}   |                                                    |
 * | decision part | LEAD#{leadId}           | INPUTS#{decidedAt}#{number}, VERDICTS#{decidedAt}#{number} | what of a decision on thousands of candidates does not fit into its row |
 * | reveal      | LEAD#{leadId}             | REVEAL#{at}#{revealId} | who looked at whose data                           |
 * | delivery    | DELIVERY#{deliveryId}     | DELIVERY               | due DUE#{shard} / {lookAt}#{deliveryId}; timeline SCHOOL#{schoolId} / {createdAt}#{deliveryId} |
 * | content     | DELIVERY#{deliveryId}     | CONTENT                | what of a delivery never changes: its event and what it is bound to |
 * | attempt     | DELIVERY#{deliveryId}     | ATTEMPT#{number}       | a short first one is in the delivery               |
 * | disposition | DELIVERY#{deliveryId}     | DISPOSITION#{name}     | what its school says became of it; `name` tells it once |
 * | return      | DELIVERY#{deliveryId}     | RETURN                 | due RETURNS#{state} / {requestedAt or decidedAt}#{deliveryId}; timeline RETURNS#{schoolId} / {requestedAt}#{deliveryId} |
 * | return share | RETURNSHARE#{campaignId} | {month}                | how many returns a campaign with a limit has in a month |
 * | untaken work | DELIVERY#{deliveryId}    | UNTAKENWORK            | timeline UNTAKENWORK / {at}#{deliveryId}, until staff have handled it: a school works a lead that it never took |
 * | rejected inbound | REJECTEDINBOUND#{inboundId} | REJECTED          | timeline REJECTEDINBOUND / {at}#{inboundId}: a lead of a lead form that could not be taken, without personal data |
 * | inbound fetch | INBOUNDFETCH#{inboundId} | FETCH                 | due INBOUNDFETCHES / {dueAt}#{inboundId}: a lead that is still to be read from its vendor |
 * | circuit     | ENDPOINTS#{schoolId}      | CIRCUIT                | the circuit breaker of a school's endpoints        |
 * | permit      | ENDPOINTS#{schoolId}      | PERMIT#{number}        | one of its permits for concurrent attempts         |
 * | disabled    | ENDPOINTS#{schoolId}      | DISABLED#{kind}#{campaignId} | an endpoint that answered 410; of a mailbox by its address |
 * | consent     | CONSENT#{leadId}          | CONSENT                | timeline SOURCE#{sourceId} / {receivedAt}#{leadId} |
 * | person      | PERSON#{hmac}             | {leadId}               | HMAC of the SHA-256 of the normalized email or phone; of an earlier version, HMAC of the email or phone |
 * | consent list | CONSENTLIST              | CONSENTLIST            | up to which lead the proofs of consent are listed in the audit |
 * | person index | PERSONINDEX              | PERSONINDEX            | up to which day the leads of an earlier version have rows by the SHA-256 |
 * | proof       | PROOF#{hmac}              | {leadId}               | the consent of an erased lead, by the HMAC of the e-mail or phone |
 * | proof view  | CONSENT#{leadId}          | VIEW#{at}#{revealId}   | who read the proof of consent                      |
 * | suppressed  | SUPPRESSED#{hmac}         | SUPPRESSED             | the suppressions of a person that are in effect    |
 * | history     | SUPPRESSED#{hmac}         | HISTORY#{suppressionId} | every suppression that a person had               |
 * | suppression | SUPPRESSION#{suppressionId} | SUPPRESSION          | timeline SUPPRESSIONS / {at}#{suppressionId}       |
 * | withdrawal  | WITHDRAWAL#{withdrawalId} | WITHDRAWAL             | timeline WITHDRAWALS / {at}#{withdrawalId}; due WITHDRAWALS / {nextLook}#{withdrawalId} |
 * | withdrawn   | WITHDRAWAL#{withdrawalId} | LEAD#{leadId}, NOTICE#{deliveryId} | its leads and the notices to schools   |
 * | withdrawn   | LEAD#{leadId}             | WITHDRAWN#{at}#{withdrawalId} | who withdrew the consent of the lead        |
 * | response    | RESPONSE#{sourceId}       | {sha256 of the key}    | the response to an Idempotency-Key of a source     |
 * | dedupe      | DEDUPE#{hmac}; DEDUPE#{scope} | MARKERS; {hmac}, used | one person at each school and through each source, as an attribute; a form token that was used, and one person in one scope, as an earlier edition wrote it |
 * | cover       | COVER#{random id}         | {number}               | nothing: it makes all transactions of public leads equally large |
 * | message     | MESSAGE#{leadId}          | {kind}                 | due MESSAGES / {dueAt}#{leadId}#{kind}: an email to the visitor that is still to be sent |
 * | file        | FILE#{fileId}             | FILE                   | due FILES / {dueAt}#{fileId}: several leads of one campaign that are sent as one file |
 * | file row    | FILE#{fileId}             | ROW#{deliveryId}       | a delivery that joined the file                    |
 * | certificate | CERTIFICATE#{leadId}      | {vendor}               | due CERTIFICATES#{fresh or failing} / {dueAt}#{leadId}#{vendor}, until it is retained |
 * | postback    | POSTBACK#{leadId}         | {cause}#{at}#{deliveryId} | due POSTBACKS / {dueAt}#{leadId}#{sk}: what a source is still to be told |
 * | notification | NOTIFICATIONS#{holder}   | {at}#{notificationId}  | due NOTIFICATIONS / {dueAt}#{pk}#{sk}, while it is to be sent; holder is operator or school#{school} |
 * | notified    | NOTIFIED#{school}         | {event}#{subject}      | which condition of a school people were told of, until it is over |
 * | counter     | COUNTER#{owner}           | {cap}#{start}, tally   | one cap window of a campaign or school             |
 * | bucket      | BUCKET#{policy}#{whose}   | BUCKET                 | rate limit of an address (HMAC), a source or a key |
 * | replay      | REPLAY#{replayId}         | REPLAY                 | timeline REPLAYS / {startedAt}#{replayId}; due REPLAYS / the same, while it runs |
 * | report      | REPORT#{report}           | {day}                  | report is reconciliation or daily                  |
 * | report part | REPORT#{of}, REPORTPROGRESS#{day} | {day}#{number}, {digest}#{number} | counts that do not fit into the row of their day (`report-keys.ts`) |
 * | recount     | RECOUNT#{shard}           | {day}#{leadId}         | leads that changed after their day was settled |
 * | settled     | RECOUNT#SETTLED           | SETTLED                | the days that are recounted only if they are marked |
 * | erasure     | ERASURE#{erasureId}       | ERASURE                | timeline ERASURES / {requestedAt}#{erasureId}; due ERASURES / the same, while it runs |
 * | readiness   | READINESS                  | READINESS              | what `/health/ready` writes to see that a write succeeds |
 * | retention   | RETENTION                 | RETENTION              | how far people were forgotten because of their age |
 * | notice      | ERASURE#{erasureId}       | NOTICE#{deliveryId}    | which delivery tells a school of it                |
 * | access      | ACCESS#{personId}         | PERSON                 | a person who signs in, with the links that can be opened |
 * | session     | SESSION#{personId}        | {sessionId}            | a session of a person                              |
 * | session use | SESSIONUSE#{personId}     | {sessionId}            | when it was last used                              |
 * | sign-in     | SIGNIN#{hmac}             | {holder}               | HMAC of the email of a person; one per holder      |
 * | people      | PEOPLE#{holder}           | {personId}             | the people of staff or of a school                 |
 * | audit seal  | AUDITSEAL#{day}           | {sequence}             | the hash of an entry and of all before it          |
 * | audit head  | AUDITHEAD                 | {day}                  | the end of the chain of a day                      |
 * | audit entry | AUDIT#{day}               | {at}#{entryId}         | timeline AUDIT#{kind}#{id} / the same; due AUDIT / the same, until it is sealed |
 * | ledger entry | LEDGER#{account}         | {entryId}              | ledger, of a source payouts; account is schools#{school} or sources#{source} |
 * | statement | STATEMENTS#{account}      | {month}                | a closed month of an account; its entries are in its parts |
 * | statement part | STATEMENTPARTS#{account} | {month}#{hash}#{number} | the entries of a closed month                        |
 *
 * The ledger index has the entries of schools by time, LEDGER#{account} / {at}#{entryId}, and the payouts index those of sources. A
 * delivery is the charge in one and the payout in the other, and a return takes both back: the entry is the write of its cause.
 */
export const tables = {
  catalog: { indexes: {} },
  leads: {
    indexes: {
      due: { pk: 'duePk', sk: 'dueSk', projects: ['schoolId', 'dueAt', 'sweeps'] },
      timeline: {
        pk: 'timelinePk',
        sk: 'timelineSk',
        projects: [
          ...['leadId', 'receivedAt', 'outcome', 'careerSlug', 'state', 'sourceId', 'test', 'deliveryId'],
          ...['campaignId', 'expiresAt', 'replayedBy', 'deliveredAt'],
        ],
      },
      ledger: {
        pk: 'ledgerPk',
        sk: 'ledgerSk',
        // Nothing that changes after the entry was made: each change would be another write of the index.
        projects: ['deliveryId', 'leadId', 'campaignId', 'priceCents', 'creditCents', 'originalAt', 'reason', 'entry'],
      },
      payouts: {
        pk: 'payoutPk',
        sk: 'payoutSk',
        projects: ['deliveryId', 'leadId', 'campaignId', 'payoutCents', 'chargebackCents', 'paidAt', 'reason', 'entry'],
      },
    },
  },
} as const satisfies { [table: string]: TableShape }

export type Table = keyof typeof tables
export type StoredRecordKind = 'careers' | 'schools' | 'programs' | 'campaigns' | 'sources' | 'state-figures'

const key = (pk: string, sk: string): Key => ({ pk, sk })

export const recordKey = (kind: StoredRecordKind, id: string) => key(`RECORD#${kind}`, id)
export const removedRecordKey = (kind: StoredRecordKind, id: string) => key(`REMOVED#${kind}`, id)
export const linkKey = (from: [StoredRecordKind, string], to: [StoredRecordKind, string]) =>
  key(`LINK#${from.join('#')}`, to.join('#'))
export const manifestKey = (kind: StoredRecordKind, id: string) => key(`MANIFEST#${kind}`, id)
/** Empty but for the records that are being published, so that every decision can read all of them. */
export const publishIntentKey = (kind: StoredRecordKind | 'pages' | 'deliveries', id: string) =>
  key('INTENTS', `${kind}#${id}`)
export const contentsKey = (title: string, slug: string) => key('PAGE#', `${title.toLowerCase()}#${slug}`)
export const pageKey = (slug: string, page: 'CAREER' | 'LISTING' | 'STATES') => key(`PAGE#${slug}`, page)
export const searchKey = (name: string) => key('FIND', name)
export const searchMarkKey = () => key('FINDMARK', 'CAREERS')
export const statePageKey = (slug: string, state: string) => key(`PAGE#${slug}`, `STATE#${state}`)
export const listingLeafKey = (slug: string, leafId: string) => key(`PAGE#${slug}`, `LISTING#${leafId}`)
export const listedSchoolKey = (slug: string, schoolId: string) => key(`LISTED#${slug}`, schoolId)
export const schoolListingKey = (schoolId: string, slug: string, programId: string) =>
  key(`LISTINGS#${schoolId}`, `${slug}#${programId}`)
export const offerKey = (programId: string, offer: 'PROGRAM' | 'FORM') => key(`OFFER#${programId}`, offer)
export const questionKey = (slug: string, questionId: string, programId: string) =>
  key(`QUESTIONS#${slug}`, `${questionId}#${programId}`)
export const candidateKey = (slug: string, state: string, campaignId: string) =>
  key(`ROUTING#${slug}#${state}`, campaignId)
export const accessKeyKey = (sha256: string) => key(`KEY#${sha256}`, 'KEY')
export const accessKeyRecordKey = (keyId: string) => key('KEYS', keyId)
export const accessKeyUseKey = (keyId: string) => key('KEYUSE', keyId)
export const keyRingKey = (holder: string) => key(`KEYRING#${holder}`, 'KEYRING')
export const portalLinkKey = (linkId: string) => key(`PORTALLINK#${linkId}`, 'LINK')
export const portalListKey = (list: 'LINKS' | 'SESSIONS', schoolId: string | undefined, position: string) =>
  key(`PORTAL${list}${schoolId === undefined ? '' : `#${schoolId}`}`, position)
export const rootFingerprintKey = () => key('ROOT', 'ROOT')
/** A row of a restored backup: see `local/data/hold.ts`. */
export const restoreHoldKey = () => key('HOLD', 'HOLD')
export const webhookSecretKey = (campaignId: string) => key(`SECRET#${campaignId}`, 'SECRET')
export const headerSecretsKey = (campaignId: string) => key(`SECRET#${campaignId}`, 'HEADERS')

export const leadKey = (leadId: string) => key(`LEAD#${leadId}`, 'LEAD')
export const decisionKey = (leadId: string, decidedAt: string) => key(`LEAD#${leadId}`, `DECISION#${decidedAt}`)
export const decisionPartKey = (leadId: string, part: 'inputs' | 'verdicts', decidedAt: string, number: number) =>
  key(`LEAD#${leadId}`, `${part.toUpperCase()}#${decidedAt}#${String(number).padStart(2, '0')}`)
export const visitorMessageKey = (leadId: string, kind: string) => key(`MESSAGE#${leadId}`, kind)
export const certificateKey = (leadId: string, vendor: string) => key(`CERTIFICATE#${leadId}`, vendor)
export const postbackKey = (leadId: string, name: string) => key(`POSTBACK#${leadId}`, name)
/** `holderName`: `operator`, or `school#` and the owner name of a school. */
export const notificationKey = (holderName: string, position: string) => key(`NOTIFICATIONS#${holderName}`, position)
export const notifiedKey = (schoolOwner: string, condition: string) => key(`NOTIFIED#${schoolOwner}`, condition)
export const revealKey = (leadId: string, at: string, revealId: string) =>
  key(`LEAD#${leadId}`, `REVEAL#${at}#${revealId}`)
export const deliveryKey = (deliveryId: string) => key(`DELIVERY#${deliveryId}`, 'DELIVERY')
/** What of a delivery is fixed when it is created. Between its attempts and its state, so that one query reads both. */
export const deliveryContentKey = (deliveryId: string) => key(`DELIVERY#${deliveryId}`, 'CONTENT')
export const attemptKey = (deliveryId: string, number: number) =>
  key(`DELIVERY#${deliveryId}`, `ATTEMPT#${String(number).padStart(4, '0')}`)
export const dispositionKey = (deliveryId: string, name: string) => key(`DELIVERY#${deliveryId}`, `DISPOSITION#${name}`)
export const returnKey = (deliveryId: string) => key(`DELIVERY#${deliveryId}`, 'RETURN')
export const returnShareKey = (campaignOwner: string, month: string) => key(`RETURNSHARE#${campaignOwner}`, month)
export const inboundFetchKey = (inboundId: string) => key(`INBOUNDFETCH#${inboundId}`, 'FETCH')
export const rejectedInboundKey = (inboundId: string) => key(`REJECTEDINBOUND#${inboundId}`, 'REJECTED')
export const untakenWorkKey = (deliveryId: string) => key(`DELIVERY#${deliveryId}`, 'UNTAKENWORK')
export const endpointHealthKey = (schoolId: string) => key(`ENDPOINTS#${schoolId}`, 'CIRCUIT')
export const permitKey = (schoolId: string, number: number) => key(`ENDPOINTS#${schoolId}`, `PERMIT#${number}`)
export const disabledEndpointKey = (schoolId: string, kind: 'webhook' | 'email', campaignId: string) =>
  key(`ENDPOINTS#${schoolId}`, `DISABLED#${kind}#${campaignId}`)
/** An email address has an `@`, which no campaign ID has. */
export const disabledMailboxKey = (schoolId: string, address: string) =>
  key(`ENDPOINTS#${schoolId}`, `DISABLED#email#${address.toLowerCase()}`)
export const consentKey = (leadId: string) => key(`CONSENT#${leadId}`, 'CONSENT')
export const personKey = (hmac: string, leadId: string) => key(`PERSON#${hmac}`, leadId)
/** Leads of an erased person, whose proof of consent is kept. */
export const proofKey = (hmac: string, leadId: string) => key(`PROOF#${hmac}`, leadId)
export const proofViewKey = (leadId: string, at: string, revealId: string) =>
  key(`CONSENT#${leadId}`, `VIEW#${at}#${revealId}`)
export const suppressionKey = (hmac: string) => key(`SUPPRESSED#${hmac}`, 'SUPPRESSED')
export const suppressionHistoryKey = (hmac: string, suppressionId: string) =>
  key(`SUPPRESSED#${hmac}`, `HISTORY#${suppressionId}`)
export const suppressionRecordKey = (suppressionId: string) => key(`SUPPRESSION#${suppressionId}`, 'SUPPRESSION')
export const withdrawalKey = (withdrawalId: string) => key(`WITHDRAWAL#${withdrawalId}`, 'WITHDRAWAL')
export const withdrawalLeadKey = (withdrawalId: string, leadId: string) =>
  key(`WITHDRAWAL#${withdrawalId}`, `LEAD#${leadId}`)
export const withdrawalNoticeKey = (withdrawalId: string, deliveryId: string) =>
  key(`WITHDRAWAL#${withdrawalId}`, `NOTICE#${deliveryId}`)
export const leadWithdrawalKey = (leadId: string, at: string, withdrawalId: string) =>
  key(`LEAD#${leadId}`, `WITHDRAWN#${at}#${withdrawalId}`)
export const storedResponseKey = (sourceId: string, sha256: string) => key(`RESPONSE#${sourceId}`, sha256)
export const personMarkersKey = (hmac: string) => key(`DEDUPE#${hmac}`, 'MARKERS')
export const dedupeMarkerKey = (scope: string, hmac: string) => key(`DEDUPE#${scope}`, hmac)
/** Found by nothing, and gone after a day. */
export const coverKey = (coverId: string, number: number) => key(`COVER#${coverId}`, String(number))
export const replayKey = (replayId: string) => key(`REPLAY#${replayId}`, 'REPLAY')
export const erasureKey = (erasureId: string) => key(`ERASURE#${erasureId}`, 'ERASURE')
export const noticeKey = (erasureId: string, deliveryId: string) => key(`ERASURE#${erasureId}`, `NOTICE#${deliveryId}`)
export const retentionKey = () => key('RETENTION', 'RETENTION')
export const consentListKey = () => key('CONSENTLIST', 'CONSENTLIST')
export const personIndexKey = () => key('PERSONINDEX', 'PERSONINDEX')
export const readinessKey = () => key('READINESS', 'READINESS')
export const accessPersonKey = (personId: string) => key(`ACCESS#${personId}`, 'PERSON')
export const personSessionKey = (personId: string, sessionId: string) => key(`SESSION#${personId}`, sessionId)
export const personSessionUseKey = (personId: string, sessionId: string) => key(`SESSIONUSE#${personId}`, sessionId)
export const signInEmailKey = (hmac: string, holder: string) => key(`SIGNIN#${hmac}`, holder)
export const peopleKey = (holder: string, personId: string) => key(`PEOPLE#${holder}`, personId)
export const auditEntryKey = (at: string, entryId: string) => key(`AUDIT#${at.slice(0, 10)}`, `${at}#${entryId}`)
export const auditSealKey = (day: string, sequence: number) =>
  key(`AUDITSEAL#${day}`, String(sequence).padStart(12, '0'))
export const auditHeadKey = (day: string) => key('AUDITHEAD', day)
export const ledgerEntryKey = (accountName: string, entryId: string) => key(`LEDGER#${accountName}`, entryId)
export const statementKey = (accountName: string, month: string) => key(`STATEMENTS#${accountName}`, month)
export const statementPartKey = (
  accountName: string,
  { month, hash }: { month: string; hash: string },
  number: number,
) => key(`STATEMENTPARTS#${accountName}`, `${month}#${hash}#${String(number).padStart(4, '0')}`)
export const counterKey = (owner: string, counter: string) => key(`COUNTER#${owner}`, counter)
export const fileKey = (fileId: string) => key(`FILE#${fileId}`, 'FILE')
export const fileRowKey = (fileId: string, deliveryId: string) => key(`FILE#${fileId}`, `ROW#${deliveryId}`)
export const bucketKey = (policy: string, whose: string) => key(`BUCKET#${policy}#${whose}`, 'BUCKET')
export const recountMarkKey = (shard: string, mark: string) => key(`RECOUNT#${shard}`, mark)
export const settledDaysKey = () => key('RECOUNT#SETTLED', 'SETTLED')
