import type { Item } from '#shared/store/engine/engine.ts'
import { isPacked, unpack } from '#shared/store/packed.ts'

/** A row as text with everything that it packs, so that a search finds what compression hides. */
export function formatUnpacked(row: Item): string {
  return JSON.stringify(row, (_name, value) => (isPacked(value) ? unpack(value) : value))
}
