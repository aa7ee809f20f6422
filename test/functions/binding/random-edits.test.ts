import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import * as z from 'zod'
import type { Engine, Row } from '#shared/store/engine/engine.ts'
import { recordKey, type Table } from '#shared/store/keys.ts'
import { unpack } from '#shared/store/packed.ts'
import { checkControl } from '#test/check-control.ts'
import { memoryEngine } from '#test/memory-engine.ts'
import { testSeed } from '#test/test-seed.ts'
import { testRuns } from '#test/test-sizes.ts'
import { commands, type EditCommand } from './edit-commands.ts'
import { findStrayContacts } from './random-edits.ts'

const seed = testSeed()
const numRuns = testRuns('editSequences')
const timeoutMs = 600_000
/** A delivery that arrives, and one whose school becomes another company before it is sent. */
const renamedSchool: EditCommand[] = [
  { do: 'submit', tick: ['alder', 'birch'] },
  { do: 'deliver', answer: 'fail' },
  { edit: 'put school', school: 'alder', legalName: 'Omega Debt Buyers LLC' },
  { do: 'pass', seconds: 130 },
  { do: 'deliver', answer: 'accept' },
]

it(
  `contact details reach only companies that the consent text names, whatever staff edit meanwhile (seed ${seed})`,
  async () => {
    const total = { leads: 0, sent: 0, unbound: 0, rerouted: 0 }
    const holds = fc.asyncProperty(commands, async (sequence) => {
      const { strays, totals } = await findStrayContacts(sequence)
      for (const [what, count] of Object.entries(totals)) total[what as keyof typeof total] += count
      expect(strays).toEqual([])
    })
    await fc.assert(holds, { seed, numRuns, examples: [[renamedSchool]] })
    console.log(`seed ${seed}, ${numRuns} sequences:`, total)
    expect(total.sent).toBeGreaterThan(0)
    expect(total.unbound).toBeGreaterThan(0)
  },
  timeoutMs,
)

it(
  'detects: a delivery whose binding is not compared with what was agreed',
  async () => {
    const createEngine = (now: () => Date) => withoutBindings(memoryEngine(now))
    const holds = fc.asyncProperty(commands, async (sequence) => {
      const { strays } = await findStrayContacts(sequence, { createEngine })
      return strays.length === 0
    })
    const { failed } = await checkControl(holds, { numRuns: 100, examples: [[renamedSchool]] })
    expect(failed).toBe(true)
  },
  timeoutMs,
)

const named = z.object({ legalName: z.string().optional() })

/** As if the binding of a delivery were compared with itself: it is read as whatever the records say now. */
function withoutBindings(engine: Engine<Table>): Engine<Table> {
  const findCurrent = async (kind: 'schools' | 'campaigns', id: unknown) => {
    const row = await engine.get({ in: 'catalog', key: recordKey(kind, String(id)) })
    return row && { legalName: named.parse(unpack(row)).legalName, generation: row.generation }
  }
  const rebind = async (row: Row): Promise<Row> => {
    const [school, campaign] = [
      await findCurrent('schools', row.schoolId),
      await findCurrent('campaigns', row.campaignId),
    ]
    const { binding } = boundRow.parse(row)
    const current = {
      ...binding,
      ...(school?.legalName && { legalName: school.legalName }),
      ...(typeof school?.generation === 'number' && { schoolGeneration: school.generation }),
      ...(typeof campaign?.generation === 'number' && { campaignGeneration: campaign.generation }),
    }
    return { ...row, binding: current }
  }
  return {
    ...engine,
    async query(query) {
      const page = await engine.query(query)
      const items = page.items.map((row) => (row.sk === 'DELIVERY' && 'binding' in row ? rebind(row) : row))
      return { ...page, items: await Promise.all(items) }
    },
  }
}

const boundRow = z.object({ binding: z.looseObject({}) })
