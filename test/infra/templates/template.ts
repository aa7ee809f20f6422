import * as z from 'zod'

/** A template as CloudFormation would get it. */
export type Template = z.output<typeof template>
export type Resource = Template['Resources'][string]

export const template = z.looseObject({
  Description: z.string().default(''),
  Parameters: z.record(z.string(), z.unknown()).default({}),
  Outputs: z.record(z.string(), z.looseObject({ Export: z.object({ Name: z.unknown() }).optional() })).default({}),
  Resources: z.record(
    z.string(),
    z.looseObject({
      Type: z.string(),
      Properties: z.record(z.string(), z.unknown()).default({}),
      DependsOn: z.union([z.string().transform((one) => [one]), z.array(z.string())]).default([]),
    }),
  ),
})

/** What stands at a path such as `A.B`; `*` stands for every element of a list or record. */
export function selectPath(value: unknown, path: string): unknown[] {
  return path.split('.').reduce<unknown[]>((values, step) => values.flatMap((one) => selectStep(one, step)), [value])
}

function selectStep(value: unknown, step: string): unknown[] {
  if (typeof value !== 'object' || value === null) return []
  if (step === '*') return Object.values(value)
  const element = new Map(Object.entries(value)).get(step)
  return element === undefined ? [] : [element]
}

/** The name and content of an intrinsic function, such as `['Ref', 'Queue']`. */
export function parseIntrinsic(value: unknown): [name: string, content: unknown] | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const [entry, ...more] = Object.entries(value)
  return entry && more.length === 0 && /^(Ref|Condition|Fn::\w+)$/.test(entry[0]) ? entry : undefined
}

// An ARN with the longest names that the CDK makes here is shorter.
const maxResolvedLength = 160

/** How long a value is as JSON once CloudFormation has put ARNs and names into it: rather more than less. */
export function measureJson(value: unknown): number {
  const [name, content] = parseIntrinsic(value) ?? []
  if (name === 'Fn::Join' && Array.isArray(content)) return sum(selectPath(content[1], '*').map(measureJson))
  if (name !== undefined) return maxResolvedLength
  if (Array.isArray(value)) return 2 + sum(value.map((one) => measureJson(one) + 1))
  if (typeof value === 'object' && value !== null)
    return 2 + sum(Object.entries(value).map(([key, inner]) => key.length + 4 + measureJson(inner)))
  return Buffer.byteLength(JSON.stringify(value) ?? '')
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0)
}
