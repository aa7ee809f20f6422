import type * as z from 'zod'
import type { offeredProgram, programForm } from '../../../shared/contract/catalog/programs.ts'
import type { Match } from '../../form/fields.ts'
import type { CallApi } from './create-caller.ts'

export type WidgetProgram = z.output<typeof offeredProgram>
type ProgramForm = z.output<typeof programForm>

/** Undefined if it cannot be loaded. */
export async function loadProgram(programId: string, call: CallApi): Promise<WidgetProgram | undefined> {
  const response = await call<WidgetProgram>({ path: `/v1/programs/${encodeURIComponent(programId)}` })
  return 'body' in response ? response.body : undefined
}

/** The questions of the matched programs. A program whose questions cannot be loaded asks none. */
export async function loadProgramForms(schools: Match['schools'], call: CallApi): Promise<ProgramForm[]> {
  const paths = schools.map(({ programId }) => `/v1/programs/${encodeURIComponent(programId)}/form`)
  const responses = await Promise.all(paths.map((path) => call<ProgramForm>({ path })))
  return responses.flatMap((response) => ('body' in response ? [response.body] : []))
}
