import * as z from 'zod'
import type { Item } from './engine/engine.ts'

/** The schema of a row that holds this: keys and what else a store adds fall away. A row that does not fit is a fault of ours. */
export function toRowSchema<Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape>) {
  return z.object(schema.shape)
}

/** What an engine takes: plain JSON, without the properties that are `undefined`. */
export function toItem(value: object): Item {
  return item.parse(JSON.parse(JSON.stringify(value)))
}

const item = z.record(z.string(), z.json())
