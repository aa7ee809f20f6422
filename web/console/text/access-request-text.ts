/** The kinds of records in the order in which the page shows them. */
const kinds: { readonly [kind: string]: string } = {
  lead: 'Leads',
  consent: 'Consents',
  reveal: 'Views of contact info',
  decision: 'Routing decisions',
  delivery: 'Deliveries to schools',
  attempt: 'Delivery attempts',
  disposition: 'Statuses that schools set',
  return: 'Credit requests of schools',
  withdrawal: 'Withdrawals of consent',
  suppression: 'Opt-outs',
  erasure: 'Deletion requests',
  dedupe: 'Duplicate-check records',
}

export const accessRequestText = {
  title: 'Access request',
  intro:
    'Shows everything that is stored about a person, to answer a request for their data. Check first that the request comes from that person.',
  personHelp: 'The email or phone they gave. We don’t store what you enter.',
  purpose: 'Purpose',
  purposeHelp: 'For example: “Request 31, identity checked by phone.” Recorded with each lead and in the audit.',
  purposeRequired: 'Enter why you need this.',
  submit: 'Show everything',
  answer: 'Stored data',
  nothing: 'Nothing is stored under that email or phone. Try the other one: people often give only one of the two.',
  summary: (records: string, at: string) => `${records} records, as of ${at}.`,
  print: 'Print',
  download: 'Download JSON',
  fileName: 'access-request.json',
  proofs: 'Proofs of consent',
  removedProofs: (leadIds: string) => `The proof of consent was removed from the database: ${leadIds}`,
  kinds,
  leftOut: 'Not shown here',
  none: 'None',
  yes: 'Yes',
  no: 'No',
} as const
