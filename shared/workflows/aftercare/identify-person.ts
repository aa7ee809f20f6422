import type { Dependencies } from '../../platform/dependencies.ts'
import { sha256 } from '../../platform/digests.ts'

/** A person who withdraws consent, without anything that names them. */
export type WithdrawnPerson = {
  /** Under which suppressions are found. */
  digests: readonly string[]
  /** HMACs under which leads are found. */
  people: readonly string[]
  identifiers: readonly ('email' | 'phone')[]
  isHashed: boolean
  /** Encrypts the identifiers for exports. */
  seal: (suppressionId: string) => { plain?: string; hashes: string }
}
type IdentifyDependencies = Pick<Dependencies, 'digests' | 'sealer'>
type Identifiers = { email?: string | undefined; phone?: string | undefined }

/** By a normalized email, a phone in E.164, or both. */
export function identifyPerson(
  { email, phone }: Identifiers,
  { digests, sealer }: IdentifyDependencies,
): WithdrawnPerson {
  const identifiers = { ...(email !== undefined && { email }), ...(phone !== undefined && { phone }) }
  return {
    digests: digests.listPersonDigests(identifiers),
    people: digests.listStoredDigests(identifiers),
    identifiers: listNames(identifiers),
    isHashed: false,
    seal: (suppressionId) => ({
      plain: sealer.seal(suppressionId, JSON.stringify(identifiers)),
      hashes: sealer.seal(suppressionId, JSON.stringify(mapValues(identifiers, sha256))),
    }),
  }
}

/** By the SHA-256 of the normalized email or phone. */
export function identifyHashedPerson(hashes: Identifiers, { digests, sealer }: IdentifyDependencies): WithdrawnPerson {
  const identifiers = { ...(hashes.email && { email: hashes.email }), ...(hashes.phone && { phone: hashes.phone }) }
  const people = Object.values(identifiers).map(digests.hashSha256)
  return {
    digests: people,
    people,
    identifiers: listNames(identifiers),
    isHashed: true,
    seal: (suppressionId) => ({ hashes: sealer.seal(suppressionId, JSON.stringify(identifiers)) }),
  }
}

/** By the digests of a person whose email and phone are not to be stored. */
export function identifyErasedPerson(people: readonly string[], { sealer }: IdentifyDependencies): WithdrawnPerson {
  return {
    digests: people,
    people,
    identifiers: ['email', 'phone'],
    isHashed: false,
    seal: (suppressionId) => ({ hashes: sealer.seal(suppressionId, '{}') }),
  }
}

function listNames({ email, phone }: Identifiers): ('email' | 'phone')[] {
  return [...(email === undefined ? [] : (['email'] as const)), ...(phone === undefined ? [] : (['phone'] as const))]
}

function mapValues(values: Identifiers, map: (value: string) => string): { [name: string]: string } {
  return Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value ? [[name, map(value)]] : [])))
}
