import { type EndpointInput, endpointInput } from '../../routing/campaign.ts'
import { adf } from './adf.ts'
import type { EndpointTemplate, TemplateFault, TemplateId, TemplateValues } from './endpoint-template.ts'
import { hubspotContact, hubspotForm } from './hubspot.ts'
import { leadconduit } from './leadconduit.ts'
import { salesforce, salesforceWebToLead } from './salesforce.ts'
import { slate } from './slate.ts'

export const endpointTemplates: readonly EndpointTemplate[] = [
  slate,
  salesforce,
  salesforceWebToLead,
  hubspotForm,
  hubspotContact,
  leadconduit,
  adf,
]

/**
 * Fills a template with what differs for one school. The endpoint is an ordinary one: staff can edit it, and later changes
 * of the template do not change it.
 */
export function fillEndpointTemplate(
  id: TemplateId,
  values: TemplateValues,
): { endpoint: EndpointInput } | { faults: readonly TemplateFault[] } {
  const template = endpointTemplates.find(({ templateId }) => templateId === id)
  if (!template) throw new Error(`There is no endpoint template ${id}.`)
  const faults = [
    ...template.inputs.flatMap(({ name, label, example, pattern }) =>
      new RegExp(`^(?:${pattern})$`, 'u').test(values[name] ?? '')
        ? []
        : [{ name, detail: `must be the ${label} of the school, such as ${example}` }],
    ),
    ...Object.keys(values).flatMap((name) =>
      template.inputs.some((input) => input.name === name) ? [] : [{ name, detail: 'is no input of this template' }],
    ),
  ]
  return faults.length > 0 ? { faults } : { endpoint: endpointInput.parse(template.build(values)) }
}
