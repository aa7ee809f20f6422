import type { TemplateId } from '#shared/domain/delivery/templates/endpoint-template.ts'

type DocumentedRequest = { url: string; headers: { [name: string]: string }; body: unknown }

const consentText = 'I agree that Tall Grass College may call me.\nIt is not a condition of purchase.'
const json = { 'content-type': 'application/json' }
const form = { 'content-type': 'application/x-www-form-urlencoded' }

/** Requests in the form of the vendors' own examples, with the names of their fields, for the full sample lead. */
export const documentedRequests: { [id in TemplateId]: DocumentedRequest } = {
  // https://developers.hubspot.com/docs/api-reference/legacy/marketing/forms/v3-legacy/submit-data-unauthenticated
  'hubspot-form': {
    url: 'https://api.hsforms.com/submissions/v3/integration/submit/62515/78c2891f-ebdd-44c0-bd94-15c012bbbfbf',
    headers: json,
    body: {
      fields: [
        { objectTypeId: '0-1', name: 'email', value: 'ada@mail.example' },
        { objectTypeId: '0-1', name: 'firstname', value: 'Ada' },
        { objectTypeId: '0-1', name: 'lastname', value: 'Example' },
        { objectTypeId: '0-1', name: 'phone', value: '+15127891111' },
        { objectTypeId: '0-1', name: 'zip', value: '78701' },
        { objectTypeId: '0-1', name: 'state', value: 'TX' },
      ],
      context: {
        pageUri: 'https://careers.example/health-record-technician?utm_source=newsletter',
        pageName: 'Test lead',
        ipAddress: '192.0.2.7',
      },
      legalConsentOptions: { consent: { consentToProcess: true, text: consentText, communications: [] } },
    },
  },
  // https://developers.hubspot.com/docs/api-reference/latest/crm/objects/contacts/guide
  'hubspot-contact': {
    url: 'https://api.hubapi.com/crm/v3/objects/contacts',
    headers: { ...json, authorization: 'Bearer pat-na1-00000000-0000-0000-0000-000000000000' },
    body: {
      properties: {
        email: 'ada@mail.example',
        firstname: 'Ada',
        lastname: 'Example',
        phone: '+15127891111',
        zip: '78701',
        state: 'TX',
        lifecyclestage: 'lead',
      },
    },
  },
  // https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_sobject_create.htm
  salesforce: {
    url: 'https://tallgrass.my.salesforce.com/services/data/v67.0/sobjects/Lead/',
    headers: { ...json, authorization: 'Bearer 00D000000000000!AQEAQ0000000000000000000' },
    body: {
      FirstName: 'Ada',
      LastName: 'Example',
      Company: 'Prospective student',
      Email: 'ada@mail.example',
      Phone: '+15127891111',
      PostalCode: '78701',
      State: 'TX',
      LeadSource: 'TEST Careers landing page',
      Description: 'Associate of Health Information Technology. Delivery dlv_7hQ2sV9wYb3eR6tU1iOp0C.',
    },
  },
  // The form that Setup generates: https://crmcurator.com/salesforce/interview-questions/sales-cloud/what-is-web-to-lead-in-salesforce/
  'salesforce-web-to-lead': {
    url: 'https://webto.salesforce.com/servlet/servlet.WebToLead?encoding=UTF-8&orgId=00Dxx0000001gPF',
    headers: form,
    body: {
      oid: '00Dxx0000001gPF',
      first_name: 'Ada',
      last_name: 'Example',
      company: 'Prospective student',
      email: 'ada@mail.example',
      phone: '+15127891111',
      zip: '78701',
      state: 'TX',
      lead_source: 'TEST Careers landing page',
      description: 'Associate of Health Information Technology. Delivery dlv_7hQ2sV9wYb3eR6tU1iOp0C.',
    },
  },
  // https://resource.reworkflow.com/books/slate/page/post-data-to-slate
  slate: {
    url: 'https://apply.tall-grass.example/manage/service/import?cmd=load&format=00000000-0000-0000-0000-000000000000',
    headers: { ...json, authorization: 'Basic bGVhZC1pbXBvcnQ6bm90LWEtcmVhbC1wYXNzd29yZA==' },
    body: {
      row: [
        {
          external_id: 'dlv_7hQ2sV9wYb3eR6tU1iOp0C',
          first: 'Ada',
          last: 'Example',
          email: 'ada@mail.example',
          phone: '+15127891111',
          zip: '78701',
          state: 'TX',
          program: 'Associate of Health Information Technology',
          highest_level: 'high-school-diploma',
          start_window: '1-3-months',
          source: 'Careers landing page',
          consent_at: '2026-11-23T15:04:05.000Z',
          consent_text: consentText,
          test: '1',
        },
      ],
    },
  },
  // https://gist.github.com/activeprospect-support/864fc7b0372ec71b8857
  leadconduit: {
    url: 'https://app.leadconduit.com/flows/5462c7eb76fefd217d333552/sources/5462c7eb76fefd217d333552/submit',
    headers: { ...form, accept: 'application/json' },
    body: {
      first_name: 'Ada',
      last_name: 'Example',
      email: 'ada@mail.example',
      phone_1: '512-789-1111',
      postal_code: '78701',
      state: 'TX',
      ip_address: '192.0.2.7',
      trustedform_cert_url: 'https://cert.example/4fJ0q2',
      landing_page: 'https://careers.example/health-record-technician?utm_source=newsletter',
      reference: 'dlv_7hQ2sV9wYb3eR6tU1iOp0C',
      'education.program': 'Associate of Health Information Technology',
      'education.highest_level': 'high-school-diploma',
      is_test: 'true',
    },
  },
  // https://handwiki.org/wiki/index.php?title=Auto-lead_Data_Format&oldid=2342616
  adf: {
    url: 'https://crm.tall-grass.example/adf',
    headers: { 'content-type': 'application/xml; charset=utf-8' },
    body:
      '<?xml version="1.0" encoding="UTF-8"?><?adf version="1.0"?><adf><prospect status="new">' +
      '<id source="Careers landing page">dlv_7hQ2sV9wYb3eR6tU1iOp0C</id><requestdate>2026-11-23T15:04:06.000Z</requestdate>' +
      '<customer><contact><name part="first">Ada</name><name part="last">Example</name><email>ada@mail.example</email>' +
      '<phone type="voice">512-789-1111</phone><address><regioncode>TX</regioncode><postalcode>78701</postalcode></address>' +
      '</contact><comments>TEST LEAD. Associate of Health Information Technology (associate, online)</comments></customer>' +
      '<vendor><contact><name part="full">Tall Grass College</name></contact></vendor>' +
      '<provider><name part="full">Careers landing page</name></provider></prospect></adf>',
  },
}
