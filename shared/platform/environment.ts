import * as z from 'zod'
import {
  addressLimit,
  catalogTable,
  deployment,
  earlyQueue,
  edgeSecret,
  keyLimit,
  leadsTable,
  mail,
  publicUrl,
  rootSecret,
  signIn,
} from './environment-variables.ts'

const readVariables = { ...deployment, ...catalogTable, ...leadsTable, ...rootSecret, ...keyLimit, ...edgeSecret }
const apiVariables = { ...readVariables, ...earlyQueue }

/** The environment of each API Lambda, by its folder in `functions/`. The workers' environments are in `workers.ts`. */
export const apiEnvironments = {
  catalog: z.object({ ...deployment, ...catalogTable, ...edgeSecret }),
  capture: z.object({ ...apiVariables, ...addressLimit, ...publicUrl }),
  school: z.object(apiVariables),
  publisher: z.object(readVariables),
  operator: z.object({ ...apiVariables, ...addressLimit, ...mail, ...publicUrl, ...signIn }),
}

/** @throws Error that names each variable that is missing or malformed. A Lambda then does not start. */
export function parseEnvironment<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  variables: { [name: string]: string | undefined },
) {
  const parsed = schema.safeParse(variables)
  if (!parsed.success) throw new Error(`Invalid Lambda environment: ${z.prettifyError(parsed.error)}`)
  return parsed.data
}
