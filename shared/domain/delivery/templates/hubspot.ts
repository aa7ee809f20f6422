import type { EndpointTemplate } from './endpoint-template.ts'

const formPage =
  'https://developers.hubspot.com/docs/api-reference/legacy/marketing/forms/v3-legacy/submit-data-unauthenticated'
const formErrorsPage = 'https://legacydocs.hubspot.com/docs/methods/forms/submit_form'
const contactPage = 'https://developers.hubspot.com/docs/api-reference/latest/crm/objects/contacts/guide'

/** HubSpot numbers its kinds of records; this is the kind of a contact. */
const contactType = '0-1'

const formFields = {
  email: '{{ contact.email }}',
  firstname: '{{ contact.firstName }}',
  lastname: '{{ contact.lastName }}',
  phone: '{{ contact.phone }}',
  zip: '{{ contact.zip }}',
  state: '{{ contact.state }}',
}

export const hubspotForm: EndpointTemplate = {
  templateId: 'hubspot-form',
  name: 'HubSpot: form',
  documentation: [{ title: 'Submit data to a form', url: formPage }],
  inputs: [
    {
      name: 'portalId',
      label: 'Hub ID',
      help: 'The number of the HubSpot account, also called portal ID.',
      example: '62515',
      pattern: '\\d{1,12}',
    },
    {
      name: 'formId',
      label: 'Form ID',
      help: 'In the URL of the form in HubSpot, after /forms/ and the Hub ID.',
      example: '78c2891f-ebdd-44c0-bd94-15c012bbbfbf',
      pattern: '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}',
    },
  ],
  notes: [
    'The form must have the fields email, firstname, lastname, phone, zip and state. HubSpot refuses a field that the form does not have.',
    'HubSpot takes 50 requests in 10 seconds.',
    'Test leads are marked only by the page name “Test lead”: set a test endpoint with a form of its own.',
  ],
  samples: [
    {
      title: 'Accepted',
      status: 200,
      contentType: 'application/json',
      body: '{"inlineMessage":"<p>Thanks for submitting the form.</p>"}',
      means: 'accepted',
      source: formPage,
    },
    {
      title: 'Email address refused',
      status: 400,
      contentType: 'application/json',
      body: '{"status":"error","message":"The request is not valid","correlationId":"0a1b","errors":[{"message":"Error in \'fields.email\'. Invalid email address","errorType":"INVALID_EMAIL"}]}',
      means: 'rejected',
      reason: "Error in 'fields.email'. Invalid email address",
      source: formErrorsPage,
    },
    {
      title: 'A field that the form does not have: sent again until the form is corrected',
      status: 400,
      contentType: 'application/json',
      body: '{"status":"error","message":"The request is not valid","errors":[{"message":"Error in \'fields.zip\'","errorType":"FIELD_NOT_IN_FORM_DEFINITION"}]}',
      means: 'unclear',
      reason: "Error in 'fields.zip'",
      source: formErrorsPage,
    },
  ],
  build: ({ portalId, formId }) => ({
    kind: 'webhook',
    url: `https://api.hsforms.com/submissions/v3/integration/submit/${portalId}/${formId}`,
    request: {
      format: 'json',
      fields: {
        fields: Object.entries(formFields).map(([name, value]) => ({ objectTypeId: contactType, name, value })),
        context: {
          pageUri: '{{ page.url }}',
          pageName: '{% if test %}Test lead{% else %}{{ program.name }}{% endif %}',
          ipAddress: '{{ consent.ip }}',
        },
        legalConsentOptions: {
          consent: { consentToProcess: true, text: '{{ consent.text }}', communications: [] },
        },
      },
    },
    // Any other 400 is a fault of the form, and no reason to lose the lead.
    responses: {
      rejected: [{ status: 400, path: '/errors/0/errorType', oneOf: ['INVALID_EMAIL', 'BLOCKED_EMAIL'] }],
      reason: '/errors/0/message',
    },
  }),
}

export const hubspotContact: EndpointTemplate = {
  templateId: 'hubspot-contact',
  name: 'HubSpot: contact',
  documentation: [{ title: 'CRM API: contacts', url: contactPage }],
  inputs: [
    {
      name: 'token',
      label: 'Access token',
      help: 'Of a private app with the scope crm.objects.contacts.write.',
      example: 'pat-na1-00000000-0000-0000-0000-000000000000',
      pattern: '[\\w-]{20,200}',
      isSecret: true,
    },
  ],
  notes: [
    'A person whom HubSpot has already is a duplicate: the lead is not billed. Use the form template if repeats should be taken.',
    'A property of the school’s own, such as one for the program, must exist in HubSpot before it is added to the request.',
  ],
  samples: [
    {
      title: 'Created',
      status: 201,
      contentType: 'application/json',
      body: '{"id":"512","properties":{"email":"ada@mail.example","firstname":"Ada"},"createdAt":"2026-11-23T15:04:06.000Z","archived":false}',
      means: 'accepted',
      reference: '512',
      source: contactPage,
    },
    {
      title: 'The person is a contact already',
      status: 409,
      contentType: 'application/json',
      body: '{"status":"error","message":"Contact already exists. Existing ID: 12345","correlationId":"0a1b","category":"CONFLICT"}',
      means: 'duplicate',
      reason: 'Contact already exists. Existing ID: 12345',
      source: 'https://github.com/stape-io/hubspot-tag/issues/7',
    },
  ],
  build: ({ token }) => ({
    kind: 'webhook',
    url: 'https://api.hubapi.com/crm/v3/objects/contacts',
    request: {
      format: 'json',
      headers: { authorization: { secret: 'authorization' } },
      fields: { properties: { ...formFields, lifecyclestage: 'lead' } },
    },
    headerSecrets: { authorization: `Bearer ${token}` },
    responses: {
      accepted: [{ status: 201 }],
      duplicate: [{ status: 409, path: '/category', equals: 'CONFLICT' }],
      reason: '/message',
      reference: '/id',
    },
  }),
}
