import { type Command, Option } from 'commander'
import type * as z from 'zod'
import { outcome } from '#shared/contract/capture/capture.ts'
import type { leadRow } from '#shared/contract/operator.ts'
import type { TableColumns } from '../print-result.ts'

export type LeadFilter = {
  day?: string
  outcome?: z.output<typeof outcome>
  source?: string
  career?: string
  state?: string
  test?: 'true' | 'false'
}

/** The options by which leads are chosen, alike for a list and an export. */
export function addFilterOptions(command: Command): Command {
  return command
    .option('--day <date>', 'that they came on (UTC), such as 2026-11-23; today unless said')
    .addOption(new Option('--outcome <outcome>').choices(outcome.options))
    .option('--source <id>')
    .option('--career <slug>')
    .option('--state <state>', 'such as TX')
    .addOption(new Option('--test <which>', 'test leads alone, or none of them').choices(['true', 'false']))
}

/** What all of them are called in the API. */
export function toFilter({ outcome, source, career, state }: LeadFilter) {
  return {
    ...(outcome !== undefined && { outcome }),
    ...(source !== undefined && { sourceId: source }),
    ...(career !== undefined && { careerSlug: career }),
    ...(state !== undefined && { state }),
  }
}

export function toLeadRow(lead: z.output<typeof leadRow>): readonly [string, TableColumns] {
  const { leadId, receivedAt, outcome, careerSlug, state, sourceId, test } = lead
  const columns = { received: receivedAt, outcome, career: careerSlug, state, source: sourceId }
  return [leadId, { ...columns, test: test ? 'test' : '' }]
}
