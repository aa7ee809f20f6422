import type { EndpointTemplate } from './endpoint-template.ts'

const samplePage = 'https://gist.github.com/activeprospect-support/864fc7b0372ec71b8857'
const responsePage = 'https://www.npmjs.com/package/leadconduit-default'

const id = { example: '5462c7eb76fefd217d333552', pattern: '[0-9a-f]{24}' }

export const leadconduit: EndpointTemplate = {
  templateId: 'leadconduit',
  name: 'LeadConduit (ActiveProspect)',
  documentation: [
    { title: 'Sample lead', url: samplePage },
    { title: 'Responses', url: responsePage },
  ],
  inputs: [
    { name: 'flowId', label: 'Flow ID', help: 'In the posting URL, after /flows/.', ...id },
    { name: 'sourceId', label: 'Source ID', help: 'In the posting URL, after /sources/.', ...id },
  ],
  notes: [
    'LeadConduit ignores a field that the flow does not have.',
    'A lead that the flow refuses is rejected, with the reason of the flow, and offered to the next school.',
  ],
  samples: [
    {
      title: 'Accepted',
      status: 201,
      contentType: 'application/json',
      body: '{ "outcome": "success", "lead": { "id": "5462cdc5869bdb81148ece10" }, "price": 0 }',
      means: 'accepted',
      reference: '5462cdc5869bdb81148ece10',
      priceCents: 0,
      source: samplePage,
    },
    {
      title: 'Refused',
      status: 201,
      contentType: 'application/json',
      body: '{ "outcome": "failure", "reason": "Failed email validation", "lead": { "id": "5462cdc5869bdb81148ece11" }, "price": 0 }',
      means: 'rejected',
      reason: 'Failed email validation',
      reference: '5462cdc5869bdb81148ece11',
      source: responsePage,
    },
    {
      title: 'Fault of the flow: sent again',
      status: 201,
      contentType: 'text/xml',
      body: '<result><outcome>error</outcome><reason>Recipient timeout</reason></result>',
      means: 'unclear',
      reason: 'Recipient timeout',
      source: responsePage,
    },
  ],
  build: ({ flowId, sourceId }) => ({
    kind: 'webhook',
    url: `https://app.leadconduit.com/flows/${flowId}/sources/${sourceId}/submit`,
    request: {
      format: 'form',
      headers: { accept: 'application/json' },
      fields: {
        first_name: '{{ contact.firstName }}',
        last_name: '{{ contact.lastName }}',
        email: '{{ contact.email }}',
        phone_1: '{{ contact.phone | phone_dashed }}',
        postal_code: '{{ contact.zip }}',
        state: '{{ contact.state }}',
        ip_address: '{{ consent.ip }}',
        trustedform_cert_url: '{{ consent.certificateUrl }}',
        landing_page: '{{ page.url }}',
        reference: '{{ deliveryId }}',
        'education.program': '{{ program.name }}',
        'education.highest_level': '{{ education.highestLevel }}',
        is_test: "{{ test | yes_no: 'true', 'false' }}",
      },
    },
    preset: 'leadconduit',
  }),
}
