export type Settings = {
  api: string
  sourceKey: string
  operatorKey: string
  visitor: { firstName: string; lastName: string; email: string; phone: string; zip: string }
}

/** A visitor requests information, and the publisher's server reads what became of the lead. */
export type MainJob = (settings: Settings) => Promise<{
  receipt: { leadId: string; outcome: string; schools: { name: string }[] }
  lead: { leadId: string; outcome: string }
}>
