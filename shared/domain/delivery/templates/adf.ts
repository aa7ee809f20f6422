import type { EndpointTemplate } from './endpoint-template.ts'

const examplePage = 'https://handwiki.org/wiki/index.php?title=Auto-lead_Data_Format&oldid=2342616'
const requiredPage = 'https://helpme.everlogic.com/help/adf-xml-lead-import-function'

export const adf: EndpointTemplate = {
  templateId: 'adf',
  name: 'ADF/XML',
  documentation: [
    { title: 'Auto-lead Data Format: an example that validates', url: examplePage },
    { title: 'Fields that a receiver requires', url: requiredPage },
  ],
  inputs: [
    {
      name: 'url',
      label: 'URL',
      help: 'The address of the school’s system that takes ADF.',
      example: 'https://crm.tall-grass.example/adf',
      pattern: 'https://[^\\s]{4,400}',
    },
    {
      name: 'vendor',
      label: 'Vendor name',
      help: 'The name under which the system knows the school.',
      example: 'Tall Grass College',
      pattern: '[^{}%]{1,160}',
    },
  ],
  notes: [
    'ADF was made for car dealers: the program stands where a vehicle would, as a comment of the customer.',
    'Any 2xx counts as accepted. Write response rules if the system refuses leads in its body.',
  ],
  samples: [
    { title: 'Received', status: 200, contentType: 'text/plain', body: 'OK', means: 'accepted', source: examplePage },
  ],
  build: ({ url = '', vendor = '' }) => ({
    kind: 'webhook',
    url,
    request: {
      format: 'xml',
      root: 'adf',
      instructions: { adf: { version: '1.0' } },
      fields: {
        prospect: {
          '@status': 'new',
          id: { '@source': '{{ source.name }}', '#text': '{{ deliveryId }}' },
          requestdate: '{{ timestamp }}',
          customer: {
            contact: {
              name: [
                { '@part': 'first', '#text': '{{ contact.firstName }}' },
                { '@part': 'last', '#text': '{{ contact.lastName }}' },
              ],
              email: '{{ contact.email }}',
              phone: { '@type': 'voice', '#text': '{{ contact.phone | phone_dashed }}' },
              address: { regioncode: '{{ contact.state }}', postalcode: '{{ contact.zip }}' },
            },
            comments:
              '{% if test %}TEST LEAD. {% endif %}{{ program.name }} ({{ program.level }}, {{ program.modality }})',
          },
          vendor: { contact: { name: { '@part': 'full', '#text': vendor } } },
          provider: { name: { '@part': 'full', '#text': '{{ source.name }}' } },
        },
      },
    },
    preset: 'standard-webhooks',
  }),
}
