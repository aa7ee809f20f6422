import * as z from 'zod'
import {
  addressLimit,
  catalogTable,
  deployment,
  earlyQueue,
  edgeSecret,
  keyLimit,
  leadsTable,
  rootSecret,
} from './environment-variables.ts'
import { type WorkerName, workers } from './workers.ts'

const readVariables = { ...deployment, ...catalogTable, ...leadsTable, ...rootSecret, ...keyLimit, ...edgeSecret }
const apiVariables = { ...readVariables, ...earlyQueue }

/** The environment of each API Lambda, by its folder in `functions/`. The workers' environments are in `workers.ts`. */
export const apiEnvironments = {
  catalog: z.object({ ...deployment, ...catalogTable, ...edgeSecret }),
  capture: z.object({ ...apiVariables, ...addressLimit }),
  school: z.object(apiVariables),
  publisher: z.object(readVariables),
  operator: z.object({ ...apiVariables, ...addressLimit }),
}

/** The path of a Lambda's folder in `functions/`. */
export type LambdaName = keyof typeof apiEnvironments | `worker/${WorkerName}`
type EnvironmentSchema =
  | (typeof apiEnvironments)[keyof typeof apiEnvironments]
  | (typeof workers)[WorkerName]['environment']
/** Every variable that some Lambda reads. Infra must give each a value, so one that it does not set does not compile. */
export type VariableName = EnvironmentSchema extends infer Schema
  ? Schema extends z.ZodObject
    ? keyof z.output<Schema>
    : never
  : never

/** The environment schema of every Lambda, by the path of its folder in `functions/`. */
export const environments: ReadonlyMap<string, z.ZodObject> = new Map<string, z.ZodObject>([
  ...Object.entries(apiEnvironments),
  ...Object.entries(workers).map(([name, { environment }]) => [`worker/${name}`, environment] as const),
])

/** @throws Error that names each variable that is missing or malformed. A Lambda then does not start. */
export function parseEnvironment<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  variables: { [name: string]: string | undefined },
) {
  const parsed = schema.safeParse(variables)
  if (!parsed.success) throw new Error(`Invalid Lambda environment: ${z.prettifyError(parsed.error)}`)
  return parsed.data
}
