import { createHash } from 'node:crypto'
import * as z from 'zod'
import { consent } from '../capture/consent.ts'
import type { lead } from '../capture/lead.ts'
import { instant } from '../vocabulary.ts'
import { addYears, type ConsentProof, consentProof, consentProofYears, person } from './consent-proof.ts'
import type { reveal } from './reveal.ts'

const disclosureWithoutText = consent.shape.disclosure.omit({ text: true })

/** What is sealed. The text is stored beside it, and its digest is sealed. */
const sealedProof = z.object({
  person,
  consent: z.object({ ...consent.shape, disclosure: z.object(disclosureWithoutText.shape) }),
  sourceId: z.string(),
  receivedAt: instant,
  test: z.boolean(),
})
type SealedProof = z.output<typeof sealedProof>
type ProvenLead = Pick<z.output<typeof lead>, 'leadId' | 'contact' | 'sourceId' | 'receivedAt' | 'test'>
type ProvenConsent = z.output<typeof consent>

type ProofSealer = {
  seal: (name: string, secret: string) => string
  open: (name: string, envelope: string) => string
}

/** A sealed record is bound to its lead, so that it cannot be moved to another. */
const proofContext = (leadId: string) => `consent-proof ${leadId}`

/** Seals who agreed to what, when and where: what must outlive the erasure of the person. */
export function sealConsentProof(
  { leadId, contact, sourceId, receivedAt, test }: ProvenLead,
  agreement: ProvenConsent,
  sealer: ProofSealer,
): string {
  const record: SealedProof = sealedProof.parse({ person: contact, consent: agreement, sourceId, receivedAt, test })
  return sealer.seal(proofContext(leadId), JSON.stringify(record))
}

export type StoredProof = {
  leadId: string
  isErased: boolean
  consent: ProvenConsent
  sealed?: string | undefined
  /** The lead, if it was not erased. */
  lead?: Omit<ProvenLead, 'leadId'> | undefined
  views: z.output<typeof reveal>[]
}

/** Opens a stored proof and compares it with what is stored in plain. A proof that was altered says so. */
export function toConsentProof(stored: StoredProof, sealer: ProofSealer): ConsentProof {
  const { leadId, isErased, consent: plain, sealed, lead: liveLead, views } = stored
  const common = { leadId, isErased, keptUntil: addYears(plain.grantedAt, consentProofYears), views }
  const opened = sealed === undefined ? 'none' : open(leadId, sealed, sealer)
  const textFault = hash(plain.disclosure.text) === plain.disclosure.sha256 ? [] : ['disclosure.text']
  if (typeof opened === 'string') {
    const source = liveLead && { person: liveLead.contact, sourceId: liveLead.sourceId, test: liveLead.test }
    const faults = [...textFault, ...(opened === 'broken' ? ['sealed'] : [])]
    const shown = { ...(source && { ...source }), consent: plain }
    return consentProof.parse({
      ...common,
      ...shown,
      missing: listMissing(shown),
      integrity: opened === 'broken' || faults.length > 0 ? 'changed' : 'unsealed',
      faults,
      sha256: hash(JSON.stringify(shown)),
    })
  }
  const { person: contact, consent: proven, sourceId, test } = opened
  const faults = [...textFault, ...findDifferences(proven, plain)]
  const shown = {
    person: contact,
    consent: { ...proven, disclosure: { ...proven.disclosure, text: plain.disclosure.text } },
    sourceId,
    test,
  }
  return consentProof.parse({
    ...common,
    ...shown,
    missing: listMissing(shown),
    integrity: faults.length > 0 ? 'changed' : 'intact',
    faults,
    sha256: hash(JSON.stringify(opened)),
  })
}

function open(leadId: string, sealed: string, sealer: ProofSealer): SealedProof | 'broken' {
  try {
    return sealedProof.parse(JSON.parse(sealer.open(proofContext(leadId), sealed)))
  } catch {
    return 'broken'
  }
}

/** Erasure masks the page and removes IP and user agent in plain, so those are compared only while they are there. */
function findDifferences(proven: SealedProof['consent'], plain: ProvenConsent): string[] {
  const differs = (one: unknown, other: unknown) => JSON.stringify(one) !== JSON.stringify(other)
  return [
    ...(differs(proven.grantedAt, plain.grantedAt) ? ['grantedAt'] : []),
    ...(differs(proven.disclosure.sha256, plain.disclosure.sha256) ? ['disclosure.sha256'] : []),
    ...(differs(proven.disclosure.schoolIds, plain.disclosure.schoolIds) ? ['disclosure.schoolIds'] : []),
    ...(differs(proven.schoolIds, plain.schoolIds) ? ['schoolIds'] : []),
    ...(plain.ip !== undefined && proven.ip !== plain.ip ? ['ip'] : []),
    ...(plain.userAgent !== undefined && proven.userAgent !== plain.userAgent ? ['userAgent'] : []),
  ]
}

function listMissing({ person: contact, consent: agreement }: { person?: unknown; consent: Partial<ProvenConsent> }) {
  return [
    ...(contact ? [] : ['name, email and phone (deleted before proofs were sealed)']),
    ...(agreement.ip === undefined ? ['IP address'] : []),
    ...(agreement.userAgent === undefined ? ['user agent'] : []),
  ]
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
