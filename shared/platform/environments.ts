import type * as z from 'zod'
import { apiEnvironments } from './environment.ts'
import { type WorkerName, workers } from './workers.ts'

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
