import * as z from 'zod'

const stackTemplate = z.looseObject({
  Metadata: z.looseObject({ schemaVersion: z.int().optional() }).default({}),
  Outputs: z.record(z.string(), z.looseObject({ Value: z.unknown(), Export: z.unknown().optional() })).default({}),
  Resources: z
    .record(z.string(), z.looseObject({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) }))
    .default({}),
})
/** A CloudFormation template, as far as two of them are compared. */
export type StackTemplate = z.output<typeof stackTemplate>

/** @throws Error if the text is no JSON template, such as one that was not deployed by the CDK */
export function parseTemplate(text: string): StackTemplate {
  return stackTemplate.parse(JSON.parse(text))
}
