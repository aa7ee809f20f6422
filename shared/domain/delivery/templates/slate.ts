import type { EndpointTemplate } from './endpoint-template.ts'

const page = 'https://knowledge.technolutions.net/docs/importing-data-with-web-services'
const jsonPage = 'https://resource.reworkflow.com/books/slate/page/post-data-to-slate'

/** Columns of the source format, the external ID first, by which Slate recognizes a repeat. */
const columns = {
  external_id: '{{ deliveryId }}',
  first: '{{ contact.firstName }}',
  last: '{{ contact.lastName }}',
  email: '{{ contact.email }}',
  phone: '{{ contact.phone }}',
  zip: '{{ contact.zip }}',
  state: '{{ contact.state }}',
  program: '{{ program.name }}',
  highest_level: '{{ education.highestLevel }}',
  start_window: '{{ startWindow }}',
  source: '{{ source.name }}',
  consent_at: '{{ consent.grantedAt }}',
  consent_text: '{{ consent.text }}',
  test: "{{ test | yes_no: '1', '0' }}",
}

/** The definition that Slate needs to read the request, to paste into the source format. */
export const slateLayout = `<layout type="json" node="/row">${Object.keys(columns)
  .map((name) => `<f id="${name}" s="${name}" />`)
  .join('')}</layout>`

export const slate: EndpointTemplate = {
  templateId: 'slate',
  name: 'Slate: source format',
  documentation: [
    { title: 'Importing data with web services', url: page },
    { title: 'POST data to Slate', url: jsonPage },
  ],
  inputs: [
    {
      name: 'url',
      label: 'Web service URL',
      help: 'In Slate, open the source format and its Web Services link.',
      example:
        'https://apply.tall-grass.example/manage/service/import?cmd=load&format=00000000-0000-0000-0000-000000000000',
      pattern: 'https://[^\\s]{4,400}',
    },
    {
      name: 'user',
      label: 'User name',
      help: 'Of a service user in Slate with the permission to use web services.',
      example: 'lead-import',
      pattern: '[^:\\s]{1,100}',
    },
    {
      name: 'password',
      label: 'Password',
      help: 'Of that service user.',
      example: 'not-a-real-password',
      pattern: '.{1,200}',
      isSecret: true,
    },
  ],
  notes: [
    `Paste this definition into the source format: ${slateLayout}`,
    'Map external_id to an ID that Slate matches on, so that a repeated lead changes nothing.',
    'Slate takes 50 requests in 5 minutes, and processes them within about 15. For more leads, send a file by SFTP.',
  ],
  samples: [{ title: 'Received', status: 200, contentType: 'text/plain', body: '', means: 'accepted', source: page }],
  build: ({ url = '', user, password }) => ({
    kind: 'webhook',
    url,
    request: {
      format: 'json',
      headers: { authorization: { secret: 'authorization' } },
      fields: { row: [columns] },
    },
    headerSecrets: { authorization: `Basic ${toBase64(`${user}:${password}`)}` },
    preset: 'standard-webhooks',
  }),
}

function toBase64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)))
}
