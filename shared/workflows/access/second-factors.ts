import { lockHours, maxWrongCodes, normalizeCode, recoveryCodeCount } from '../../domain/access/second-factor.ts'
import { addHours } from '../../domain/time.ts'
import type { Dependencies } from '../../platform/dependencies.ts'
import { sha256 } from '../../platform/digests.ts'
import { findTotpStep, toBase32 } from '../../platform/totp.ts'
import type { PersonRow, SecondFactor } from '../../store/access/people-rows.ts'

type SealerDependency = { sealer: Pick<Dependencies['sealer'], 'seal' | 'open'> }
type SetupDependencies = SealerDependency & Pick<Dependencies, 'randomBytes'>
/** What became of a code. The row is to be stored whatever it is: it has the wrong codes and the used steps. */
export type CodeOutcome = {
  kind: 'accepted' | 'recovered' | 'wrong' | 'locked' | 'locked-now' | 'absent'
  row: PersonRow
}

/** A new secret of an authenticator app (RFC 4226 asks for 160 bits), sealed for its person. */
export function createTotpSecret(personId: string, { sealer, randomBytes }: SetupDependencies) {
  const secret = randomBytes(20)
  return { secret, sealed: sealer.seal(getOwner(personId), Buffer.from(secret).toString('base64')) }
}

export function openTotpSecret(personId: string, sealed: string, { sealer }: SealerDependency): Uint8Array {
  return Buffer.from(sealer.open(getOwner(personId), sealed), 'base64')
}

/** Codes of 80 random bits, each of which is accepted once in place of one of the app. Only their hashes are stored. */
export function createRecoveryCodes({ randomBytes }: Pick<Dependencies, 'randomBytes'>) {
  const codes = Array.from({ length: recoveryCodeCount }, () => toBase32(randomBytes(10)))
  return {
    codes: codes.map((code) => (code.match(/.{4}/g) ?? []).join('-')),
    hashes: codes.map((code) => sha256(code)),
  }
}

/**
 * Checks a code of the app, or a recovery code, of a person. A code counts once: its step, and each step before it, is used
 * up. After too many wrong codes in a row none is accepted for a while, so that six digits cannot be guessed.
 */
export function useCode(row: PersonRow, text: string, { now, ...deps }: SealerDependency & { now: Date }): CodeOutcome {
  const { secondFactor } = row
  if (secondFactor?.sealedSecret === undefined) return { kind: 'absent', row }
  const { lockedUntil } = secondFactor
  if (lockedUntil !== undefined && lockedUntil > now.toISOString()) return { kind: 'locked', row }
  const code = normalizeCode(text)
  const secret = openTotpSecret(row.person.personId, secondFactor.sealedSecret, deps)
  const step = findTotpStep(secret, code, now)
  if (step !== undefined && step > secondFactor.lastStep)
    return { kind: 'accepted', row: withFactor(row, { ...secondFactor, lastStep: step, wrongCodes: 0 }) }
  const remaining = secondFactor.recoveryCodes.filter((hash) => hash !== sha256(code))
  if (remaining.length < secondFactor.recoveryCodes.length)
    return { kind: 'recovered', row: withFactor(row, { ...secondFactor, recoveryCodes: remaining, wrongCodes: 0 }) }
  const wrongCodes = secondFactor.wrongCodes + 1
  if (wrongCodes < maxWrongCodes) return { kind: 'wrong', row: withFactor(row, { ...secondFactor, wrongCodes }) }
  const until = addHours(now.toISOString(), lockHours)
  return { kind: 'locked-now', row: withFactor(row, { ...secondFactor, wrongCodes: 0, lockedUntil: until }) }
}

export function withFactor(row: PersonRow, secondFactor: SecondFactor): PersonRow {
  return { ...row, secondFactor }
}

const getOwner = (personId: string) => `second-factor/${personId}`
