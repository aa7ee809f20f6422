import * as z from 'zod'
import { generation } from '../../domain/catalog/generation.ts'
import { type Decision, decision } from '../../domain/routing/decision.ts'
import { countItemBytes } from '../engine/count-item-bytes.ts'
import type { Item, Row } from '../engine/engine.ts'
import { decisionKey, decisionPartKey } from '../keys.ts'
import { packDecisionPart, packed, packPart, packShared, type RowStyle, splitBytes } from '../packed.ts'

type PartName = 'inputs' | 'verdicts'
type DecisionContent = {
  leadId: string
  decision: Decision
  inputs: object
  /** Attributes of the decision's row in addition to the decision itself. */
  more: Item
}

/** Bytes of a compressed part in the decision's own row, so that the row stays well below the limit of an item. */
const maxBytesInDecisionRow = 100 * 1024

/**
 * Builds the row of a decision, and further rows for what does not fit into it: thousands of candidates have verdicts and
 * inputs of several hundred kilobytes, also compressed.
 */
export function buildDecisionRows(
  { leadId, decision: { verdicts, ...fields }, inputs, more }: DecisionContent,
  style: RowStyle = 'compact',
): Row[] {
  const { decidedAt } = fields
  const parts = { verdicts: packDecisionPart(verdicts, style), inputs: packInputs(inputs, style) }
  const partRows: Row[] = []
  const fitPart = (name: PartName): Item => {
    const { gzip } = parts[name]
    if (!(gzip instanceof Uint8Array) || gzip.byteLength <= maxBytesInDecisionRow) return parts[name]
    const chunks = splitBytes(gzip)
    partRows.push(
      ...chunks.map((chunk, number) => ({ ...decisionPartKey(leadId, name, decidedAt, number), gzip: chunk })),
    )
    return { rows: chunks.length }
  }
  const row = { ...decisionKey(leadId, decidedAt), ...fields, ...more }
  return [{ ...row, verdicts: fitPart('verdicts'), inputs: fitPart('inputs') }, ...partRows]
}

/** The rows of a lead and those that cover it are built from the same inputs, whose compression takes longest. */
function packInputs(inputs: object, style: RowStyle): Item {
  const packedPart = packedInputs[style].get(inputs) ?? packDivided(inputs, style)
  packedInputs[style].set(inputs, packedPart)
  return packedPart
}

const packedInputs = { compact: new WeakMap<object, Item>(), plain: new WeakMap<object, Item>() }

/**
 * The candidates are the longest part, and the same for many leads, so that they are compressed once if they are compressed
 * apart. Together with the rest they are shorter, and if they take more than one row, only all can be divided.
 */
function packDivided(inputs: { candidates?: object }, style: RowStyle): Item {
  const { candidates, ...others } = inputs
  if (!candidates || style === 'compact') return packDecisionPart(inputs, style)
  const [rest, shared] = [packPart(others, style), packShared(candidates)]
  const bytes = countItemBytes(rest) + countItemBytes(shared)
  return bytes <= maxBytesInDecisionRow ? { ...rest, shared: { candidates: shared } } : packPart(inputs, 'compact')
}

/** Returns the decisions among the rows of a lead, oldest first, each with the parts that have rows of their own. */
export function joinDecisionRows(rows: readonly Row[]): Row[] {
  const rowsByKey = new Map(rows.map((row) => [row.sk, row]))
  return rows.filter(({ sk }) => sk.startsWith(decisionPrefix)).map((row) => joinParts(row, rowsByKey))
}

function joinParts(row: Row, rowsByKey: ReadonlyMap<string, Row>): Row {
  const decidedAt = row.sk.slice(decisionPrefix.length)
  const joined = { ...row }
  for (const name of ['verdicts', 'inputs'] as const) {
    const { success, data } = storedInRows.safeParse(row[name])
    if (!success) continue
    const chunks = Array.from({ length: data.rows }, (_, number) =>
      partRow.parse(rowsByKey.get(decisionPartKey('', name, decidedAt, number).sk)),
    )
    joined[name] = { gzip: new Uint8Array(Buffer.concat(chunks.map(({ gzip }) => gzip))) }
  }
  return joined
}

/** Whether parts of a decision have rows of their own. */
export function hasPartRows({ verdicts, inputs }: Row): boolean {
  return [verdicts, inputs].some((part) => storedInRows.safeParse(part).success)
}

const decisionPrefix = decisionKey('', '').sk
const storedInRows = z.strictObject({ rows: z.int().min(1) })
const partRow = z.object({ gzip: z.instanceof(Uint8Array) })

/** A decision with the deliveries that it created. */
export const decisionRow = z
  .object({
    ...decision.shape,
    verdicts: packed(decision.shape.verdicts),
    deliveries: z.array(z.object({ schoolId: z.string(), deliveryId: z.string(), schoolGeneration: generation })),
  })
  .transform(({ deliveries, ...fields }) => ({ decision: fields, deliveries }))
