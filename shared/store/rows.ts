import * as z from 'zod'
import type { Item } from './engine/engine.ts'

/** What a row holds by its schema; keys and what else a store adds fall away. A row that does not fit is a fault of ours. */
export function read<Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape>, row: Item) {
  return z.object(schema.shape).parse(row)
}

/** What an engine takes: plain JSON, without the properties that are `undefined`. */
export function plain(value: object): Item {
  return item.parse(JSON.parse(JSON.stringify(value)))
}

const item = z.record(z.string(), z.json())
