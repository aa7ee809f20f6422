import * as z from 'zod'
import type { EndpointInput } from '../../routing/campaign.ts'
import { meaning } from '../response-rules.ts'

export const templateId = z
  .enum(['slate', 'salesforce', 'salesforce-web-to-lead', 'hubspot-form', 'hubspot-contact', 'leadconduit', 'adf'])
  .meta({ id: 'EndpointTemplateId' })
export type TemplateId = z.output<typeof templateId>

/** A value that differs from school to school. */
export const templateInput = z
  .strictObject({
    name: z.string(),
    label: z.string(),
    help: z.string(),
    example: z.string(),
    pattern: z.string().meta({ description: 'A regular expression that the whole value must match.' }),
    isSecret: z.literal(true).optional(),
  })
  .meta({ id: 'EndpointTemplateInput' })
export type TemplateInput = z.output<typeof templateInput>

/** A response with the form and codes that are documented for the system, and what the template reads from it. */
const templateSample = z
  .strictObject({
    title: z.string(),
    status: z.int(),
    contentType: z.string(),
    body: z.string(),
    means: meaning,
    reason: z.string().optional(),
    reference: z.string().optional(),
    priceCents: z.int().optional(),
    source: z.string().meta({ description: 'The page that documents the response or its codes.' }),
  })
  .meta({ id: 'EndpointTemplateSample' })

/** What an endpoint template says about itself. */
export const templateSummary = z
  .strictObject({
    templateId,
    name: z.string(),
    documentation: z.array(z.strictObject({ title: z.string(), url: z.string() })),
    inputs: z.array(templateInput),
    notes: z.array(z.string()).meta({ description: 'What to set up in the system, and its limits.' }),
    samples: z.array(templateSample),
  })
  .meta({ id: 'EndpointTemplate' })

/** A starting point for the endpoint of a campaign, made from the public documentation of a system that schools use. */
export type EndpointTemplate = z.output<typeof templateSummary> & {
  /** `values` by the name of the input; each matches the pattern of its input. */
  build: (values: TemplateValues) => EndpointInput
}
export type TemplateValues = { readonly [name: string]: string }

/** An input that is missing or wrong. */
export type TemplateFault = { name: string; detail: string }
