import * as z from 'zod'
import type { Item } from './engine/engine.ts'

/** The schema of a stored row, which strips keys and other attributes of the store. */
export function toRowSchema<Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape>) {
  return z.object(schema.shape)
}

/** Converts a value to an engine item: plain JSON without `undefined` properties. */
export function toItem(value: object): Item {
  return JSON.parse(JSON.stringify(value))
}
