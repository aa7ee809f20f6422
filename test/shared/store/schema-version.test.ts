import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import * as z from 'zod'
import { disposition } from '#shared/domain/aftercare/disposition.ts'
import { leadReturn } from '#shared/domain/aftercare/lead-return.ts'
import { suppression } from '#shared/domain/aftercare/suppression.ts'
import { withdrawal } from '#shared/domain/aftercare/withdrawal.ts'
import { lead } from '#shared/domain/capture/lead.ts'
import { storedSource } from '#shared/domain/capture/source.ts'
import { career } from '#shared/domain/catalog/career.ts'
import { program } from '#shared/domain/catalog/program.ts'
import { school } from '#shared/domain/catalog/school.ts'
import { attempt, delivery } from '#shared/domain/delivery/delivery.ts'
import { schoolEvent } from '#shared/domain/delivery/school-event.ts'
import { campaign } from '#shared/domain/routing/campaign.ts'
import { schemaMigrations } from '#shared/store/schema-migrations.ts'
import { schemaVersion } from '#shared/store/schema-version.ts'

const stored = {
  ...{ career, school, program, campaign, source: storedSource },
  ...{ lead, delivery, attempt, schoolEvent, disposition, leadReturn, suppression, withdrawal },
}

/** What of each kind is stored since which version. */
const fingerprints = {
  version: 21,
  kinds: {
    attempt: 'Yx8yZg3orlk9',
    campaign: 'vOsm3BrHKR8s',
    career: 'iLauWUnuIQ38',
    delivery: 'Hzt7xXFGSBPG',
    disposition: 'k8ZxlxdI0A6v',
    lead: 'lV2scq45LGJv',
    leadReturn: 'z_P_6l_ecBbM',
    program: 'FzevX3F0eCyz',
    school: 'eMNvIZponhAE',
    schoolEvent: 'm-cb7MHp9YP8',
    source: 'OQ7fUZ60XT1x',
    suppression: 'Xsem2ZSQyPz4',
    withdrawal: 'yqHiDYsDMmsZ',
  },
}

it('has a step to the current version', () => {
  expect(schemaMigrations).toHaveLength(schemaVersion)
})

// An older program would read a new field or value by half. So if this fails: raise schemaVersion, add a step to
// schemaMigrations (one that returns the row, if what is new is optional), and write the fingerprints and version here.
it('grows with each change of what is stored', () => {
  const kinds = Object.entries(stored).map(([kind, schema]) => [kind, fingerprint(schema)])
  expect({ version: schemaVersion, kinds: Object.fromEntries(kinds) }).toEqual(fingerprints)
})

it('sees a new field and a new value, and no new description', () => {
  const one = z.object({ state: z.enum(['open', 'closed']) })
  expect(fingerprint(z.object({ state: z.enum(['open', 'closed', 'lost']) }))).not.toBe(fingerprint(one))
  expect(fingerprint(one.extend({ note: z.string().optional() }))).not.toBe(fingerprint(one))
  expect(fingerprint(one.meta({ description: 'Whether it is open.' }))).toBe(fingerprint(one))
})

function fingerprint(schema: z.ZodType): string {
  const json = JSON.stringify(z.toJSONSchema(schema, { unrepresentable: 'any', io: 'output' }), (name, value) =>
    ['description', 'examples', 'title', 'id', 'default'].includes(name) && typeof value !== 'object'
      ? undefined
      : value,
  )
  return createHash('sha256').update(json).digest('base64url').slice(0, 12)
}
