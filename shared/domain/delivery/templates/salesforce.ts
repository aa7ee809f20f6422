import type { EndpointTemplate } from './endpoint-template.ts'

const restPage = 'https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_sobject_create.htm'
const duplicatePage =
  'https://developer.salesforce.com/docs/atlas.en-us.api.meta/object_ref/sforce_api_calls_create_saveresult.htm'
const webToLeadPage =
  'https://crmcurator.com/salesforce/interview-questions/sales-cloud/what-is-web-to-lead-in-salesforce/'

/** Salesforce requires a company of each lead. */
const company = 'Prospective student'
const source = '{% if test %}TEST {% endif %}{{ source.name }}'
const description = '{{ program.name }}. Delivery {{ deliveryId }}.'

export const salesforce: EndpointTemplate = {
  templateId: 'salesforce',
  name: 'Salesforce: REST API',
  documentation: [
    { title: 'Create a record', url: restPage },
    { title: 'Errors of duplicate rules', url: duplicatePage },
  ],
  inputs: [
    {
      name: 'myDomain',
      label: 'My Domain name',
      help: 'The part of the address of the organization before .my.salesforce.com.',
      example: 'tallgrass',
      pattern: '[a-z0-9][a-z0-9-]{0,60}(\\.sandbox|\\.develop)?',
    },
    {
      name: 'token',
      label: 'Access token',
      help: 'Of a connected app or an integration user. Ask for one that does not expire after a session.',
      example: '00D000000000000!AQEAQ0000000000000000000',
      pattern: '[\\w!.+/=-]{15,500}',
      isSecret: true,
    },
  ],
  notes: [
    'The token stays as it is: this service does not renew it. Leads wait while Salesforce answers 401, and staff are alerted; use Web-to-Lead if the organization gives only tokens that expire.',
    'LastName and Company are required of a Salesforce lead. Fields of the school’s own are added with their API names, such as Program__c.',
  ],
  samples: [
    {
      title: 'Created',
      status: 201,
      contentType: 'application/json',
      body: '{"id":"001D000000IqhSLIAZ","errors":[],"success":true}',
      means: 'accepted',
      reference: '001D000000IqhSLIAZ',
      source: restPage,
    },
    {
      title: 'A duplicate rule of the organization refused it',
      status: 400,
      contentType: 'application/json',
      body: '[{"message":"Use one of these records?","errorCode":"DUPLICATES_DETECTED","fields":[]}]',
      means: 'duplicate',
      reason: 'Use one of these records?',
      source: 'https://gitlab.com/gitlab-org/customers-gitlab-com/-/issues/6425',
    },
    {
      title: 'A field is wrong: sent again until the request is corrected',
      status: 400,
      contentType: 'application/json',
      body: '[{"message":"The Id field should not be specified in the sobject data.","errorCode":"INVALID_FIELD"}]',
      means: 'unclear',
      reason: 'The Id field should not be specified in the sobject data.',
      source: restPage,
    },
  ],
  build: ({ myDomain, token }) => ({
    kind: 'webhook',
    url: `https://${myDomain}.my.salesforce.com/services/data/v67.0/sobjects/Lead/`,
    request: {
      format: 'json',
      headers: { authorization: { secret: 'authorization' } },
      fields: {
        FirstName: '{{ contact.firstName }}',
        LastName: '{{ contact.lastName }}',
        Company: company,
        Email: '{{ contact.email }}',
        Phone: '{{ contact.phone }}',
        PostalCode: '{{ contact.zip }}',
        State: '{{ contact.state }}',
        LeadSource: source,
        Description: description,
      },
    },
    headerSecrets: { authorization: `Bearer ${token}` },
    responses: {
      accepted: [{ status: 201, path: '/success', equals: true }],
      duplicate: [{ status: 400, path: '/0/errorCode', equals: 'DUPLICATES_DETECTED' }],
      reason: '/0/message',
      reference: '/id',
    },
  }),
}

export const salesforceWebToLead: EndpointTemplate = {
  templateId: 'salesforce-web-to-lead',
  name: 'Salesforce: Web-to-Lead',
  documentation: [{ title: 'Web-to-Lead', url: webToLeadPage }],
  inputs: [
    {
      name: 'oid',
      label: 'Organization ID',
      help: 'The value of “oid” in the form that Setup > Web-to-Lead generates.',
      example: '00Dxx0000001gPF',
      pattern: '00D[A-Za-z0-9]{12}([A-Za-z0-9]{3})?',
    },
  ],
  notes: [
    'Salesforce answers 200 to every request, also to one that it drops: a delivered lead may be missing there. The REST API tells.',
    'An organization gets 500 leads a day this way; more wait in a queue of Salesforce.',
    'Switch off the reCAPTCHA requirement of Web-to-Lead: no person sends these requests.',
  ],
  samples: [
    { title: 'Received', status: 200, contentType: 'text/html', body: '', means: 'accepted', source: webToLeadPage },
  ],
  build: ({ oid }) => ({
    kind: 'webhook',
    url: `https://webto.salesforce.com/servlet/servlet.WebToLead?encoding=UTF-8&orgId=${oid}`,
    request: {
      format: 'form',
      fields: {
        oid: oid ?? '',
        first_name: '{{ contact.firstName }}',
        last_name: '{{ contact.lastName }}',
        company,
        email: '{{ contact.email }}',
        phone: '{{ contact.phone }}',
        zip: '{{ contact.zip }}',
        state: '{{ contact.state }}',
        lead_source: source,
        description,
      },
    },
    preset: 'standard-webhooks',
  }),
}
