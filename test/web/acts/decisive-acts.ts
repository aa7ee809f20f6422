import type { Page } from 'playwright-core'
import type { createPageActions } from '../console/open-console.ts'
import { type ActHost, schoolId } from './create-act-host.ts'

type Actions = ReturnType<typeof createPageActions> & { page: Page }
/**
 * How to reach an act in a page, and the name of the button that asks for it. `confirm`: the name of the button that
 * decides, in the dialog that asks again. `reason`: what to enter in that dialog.
 */
export type DecisiveAct = {
  open: (actions: Actions, host: ActHost) => Promise<void>
  button: string | RegExp
  confirm?: string
  reason?: string
}
/** Why an operation that is no GET decides nothing. */
export type HarmlessCall = { harmless: string }

const campaign = 'lone-prairie-texas'
const campaignTitle = 'Associate degree, Texas'
const page =
  (path: string | ((host: ActHost) => string), heading: string): DecisiveAct['open'] =>
  ({ goTo }, host) =>
    goTo(typeof path === 'string' ? path : path(host), heading)
const campaignPage = page(`/campaigns/${campaign}`, campaignTitle)
const leadPage = (select: (host: ActHost) => string) => page((host) => `/leads/${select(host)}`, 'Lead received')

const peoplePage = page(`/people?school=${schoolId}`, 'People')
async function fillInvitation({ page }: Actions): Promise<void> {
  await page.getByLabel('Name', { exact: true }).fill('Sam Rivera')
  await page.getByLabel('Email address').fill('sam.rivera@mail.example')
}

const importButton = /^(Import list|Continue from row)/
async function chooseOptOuts({ page }: Actions): Promise<void> {
  const file = { name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from('email\nzoe@mail.example\n') }
  await page.getByLabel('CSV file').setInputFiles(file)
}

/**
 * Every operation that is no GET and that a page of staff or of a school calls. An operation with several buttons has a row
 * for each: what follows a space says which.
 */
export const decisiveActs: { [operation: string]: DecisiveAct | HarmlessCall } = {
  'console/acceptReturn': {
    open: page('/returns', 'Returns'),
    button: /^Approve \$/,
    confirm: 'Approve credit',
  },
  'console/refuseReturn': {
    open: async (actions, host) => {
      await page('/returns', 'Returns')(actions, host)
      await actions.page.getByLabel('Message to the school').first().fill('It is a bakery.')
    },
    button: 'Deny',
    confirm: 'Deny credit',
  },
  'console/decideReturns': {
    open: async (actions, host) => {
      await page('/returns', 'Returns')(actions, host)
      await actions.page
        .getByLabel(/^Select the request of /)
        .first()
        .check()
    },
    button: 'Approve selected',
    confirm: 'Approve all',
  },
  'console/recordOutcome': {
    open: async (actions, host) => {
      await leadPage(({ leadId }) => leadId)(actions, host)
      const form = actions.page.locator('details', { hasText: 'Record a status for the school' }).first()
      await form.locator('summary').click()
      await form.getByLabel('New status').selectOption('contacted')
    },
    button: 'Record status',
  },
  'console/grantCredit': {
    open: async (actions, host) => {
      await leadPage(({ leadId }) => leadId)(actions, host)
      const form = actions.page.locator('details', { hasText: 'Give credit without a request' }).first()
      await form.locator('summary').click()
      await form.getByLabel('Reason').selectOption('duplicate')
    },
    button: /^Give \$/,
    confirm: 'Give credit',
  },
  'console/addLedgerEntry': {
    open: async (actions, host) => {
      await page(`/accounts/schools/${schoolId}`, 'Account of Lone Prairie College')(actions, host)
      await actions.page.getByLabel('Amount in dollars').fill('250')
    },
    button: 'Record',
    confirm: 'Record payment',
  },
  'console/releaseLead': {
    open: leadPage(({ quarantinedLeadId }) => quarantinedLeadId),
    button: 'Release',
    confirm: 'Release lead',
  },
  'console/rejectLead': {
    open: leadPage(({ quarantinedLeadId }) => quarantinedLeadId),
    button: 'Reject',
    confirm: 'Reject lead',
  },
  'console/replayDelivery': {
    open: leadPage(({ leadId }) => leadId),
    button: 'Resend',
    confirm: 'Resend lead',
  },
  'console/startReplay': {
    open: async (actions, host) => {
      await page('/deliveries', 'Deliveries')(actions, host)
      await actions.page.getByLabel('Status').selectOption('delivered')
      await actions.press('Count')
      await actions.page.getByRole('button', { name: /^Replay \d/ }).waitFor()
    },
    button: /^Replay \d/,
    confirm: 'Start replay',
  },
  'console/erasePerson': {
    open: leadPage(({ leadId }) => leadId),
    button: 'Delete personal data',
    confirm: 'Delete permanently',
  },
  'console/erasePerson by email': {
    open: async (actions, host) => {
      await page('/erasures', 'Deletion requests')(actions, host)
      await actions.page.getByLabel('Email or phone').fill('nobody@mail.example')
    },
    button: 'Delete personal data',
    confirm: 'Delete permanently',
  },
  'console/handleUntakenWork': {
    open: page('/untaken-work', 'Leads worked without delivery'),
    button: 'Mark as handled',
  },
  'console/handleRejectedInbound': {
    open: page('/rejected-inbound', 'Leads of lead forms not taken'),
    button: 'Mark as handled',
  },
  'console/putCampaign': { open: campaignPage, button: 'Save campaign' },
  'console/putCampaign pause': {
    open: page('/campaigns', 'Campaigns'),
    button: /^Pause/,
    confirm: 'Pause campaign',
  },
  'console/deleteCampaign': { open: campaignPage, button: 'Delete campaign', confirm: 'Delete permanently' },
  'console/rotateCampaignSecret': { open: campaignPage, button: 'Rotate secret', confirm: 'Rotate' },
  'console/sendCampaignTestLead': { open: campaignPage, button: 'Send test lead' },
  'console/createPortalLink': {
    open: page('/schools/lone-prairie-college', 'Lone Prairie College'),
    button: 'Create sign-in link',
  },
  'console/createKey': {
    open: async (actions, host) => {
      await page('/keys', 'API keys')(actions, host)
      await actions.page.getByLabel('Name').fill('Reports')
    },
    button: 'Create key',
  },
  'console/revokeKey': { open: page('/keys', 'API keys'), button: 'Revoke', confirm: 'Revoke key' },
  'console/exportLeads': { harmless: 'Reads. Each download is in the audit, as it should be.' },
  'console/revealLead': { harmless: 'Reads. Each look is in the audit, as it should be.' },
  'console/searchLeads': { harmless: 'Reads.' },
  'console/addSuppression': {
    open: async (actions, host) => {
      await page('/withdrawals', 'Withdrawals')(actions, host)
      await actions.page.getByLabel('Email', { exact: true }).fill('zoe@mail.example')
      await actions.page.getByLabel('What did they ask for?').fill('Stop all calls')
    },
    button: 'Record withdrawal',
  },
  'console/liftSuppression': {
    open: page('/suppressions', 'Suppressions'),
    button: 'Lift',
    confirm: 'Lift suppression',
    reason: 'Someone else entered this number.',
  },
  'console/importSuppressions': {
    open: async (actions, host) => {
      await page('/suppressions', 'Suppressions')(actions, host)
      await actions.page.getByText('Import a list').click()
      await actions.page.getByRole('textbox', { name: 'Reason' }).fill('List of November')
      await chooseOptOuts(actions)
    },
    button: importButton,
  },
  'console/searchSuppressions': { harmless: 'Reads.' },
  'console/exportSuppressions': { harmless: 'Reads. Each download is in the audit, as it should be.' },
  'console/answerAccessRequest': { harmless: 'Reads. Each request is in the audit, as it should be.' },
  'console/endSession': {
    open: page('/portal-access', 'Portal access'),
    button: 'End session',
    confirm: 'End session',
  },
  'console/endSchoolSessions': {
    open: page(`/portal-access?school=${schoolId}`, 'Portal access of Lone Prairie College'),
    button: 'End all sessions',
    confirm: 'End all sessions',
  },
  'console/revokePortalLink': {
    open: page('/portal-access', 'Portal access'),
    button: 'Revoke',
    confirm: 'Revoke',
  },

  'console/invitePerson': {
    open: async (actions, host) => {
      await page('/people', 'People')(actions, host)
      await fillInvitation(actions)
    },
    button: 'Send invitation',
  },
  'console/sendInvitation': { open: peoplePage, button: 'Send again' },
  'console/changePerson': { open: peoplePage, button: 'Disable', confirm: 'Disable' },
  'console/resetSecondFactor': { open: page('/people', 'People'), button: 'Reset app', confirm: 'Reset app' },
  'console/removePerson': { open: peoplePage, button: 'Delete', confirm: 'Delete' },

  'portal/inviteColleague': {
    open: async (actions, host) => {
      await page('/people', 'People')(actions, host)
      await fillInvitation(actions)
    },
    button: 'Send invitation',
  },
  'portal/sendColleagueInvitation': { open: page('/people', 'People'), button: 'Send again' },
  'portal/changeColleague': { open: page('/people', 'People'), button: 'Disable', confirm: 'Disable' },
  'portal/removeColleague': { open: page('/people', 'People'), button: 'Delete', confirm: 'Delete' },
  'portal/undoDisposition': {
    open: async (actions, host) => {
      await page('/leads', 'Leads')(actions, host)
      await actions.page
        .getByRole('button', { name: /^Set status for/ })
        .first()
        .click()
      await actions.page
        .getByRole('dialog')
        .getByRole('button', { name: /^Contacted/ })
        .click()
      await actions.page.getByRole('button', { name: 'Undo' }).waitFor()
    },
    button: 'Undo',
  },
  'portal/recordDispositions': {
    open: async (actions, host) => {
      await page('/leads/statuses', 'Update statuses from a file')(actions, host)
      const csv = `Lead ID,Status\n${host.deliveryId},Contacted\n`
      const file = { name: 'statuses.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) }
      await actions.page.getByLabel('CSV file').setInputFiles(file)
      await actions.page.getByRole('button', { name: /^Save 1/ }).waitFor()
    },
    button: /^Save 1/,
  },
  'portal/changeSchoolCampaign': { open: campaignPage, button: 'Pause', confirm: 'Pause campaign' },
  'portal/changeSchoolCampaign caps': {
    open: async (actions, host) => {
      await campaignPage(actions, host)
      await actions.press('Change caps')
    },
    button: 'Save caps',
  },
  'portal/rotateSecret': { open: campaignPage, button: 'Rotate secret', confirm: 'Rotate' },
  'portal/sendTestLead': { open: campaignPage, button: 'Send test lead' },
  'portal/resendDelivery': {
    open: page(({ deliveryId }) => `/leads/${deliveryId}`, 'Ada Example'),
    button: 'Resend',
    confirm: 'Resend lead',
  },
  'portal/takeLead': {
    open: page(({ waitingDeliveryId }) => `/leads/${waitingDeliveryId}`, 'Not opened yet'),
    button: 'Open this lead',
    confirm: 'Open for',
  },
  'portal/recordDisposition': {
    open: async (actions, host) => {
      await page(({ deliveryId }) => `/leads/${deliveryId}`, 'Ada Example')(actions, host)
      await actions.page.getByRole('combobox', { name: 'Status' }).selectOption('contacted')
    },
    button: 'Save status',
  },
  'portal/recordDisposition opt-out': {
    open: page(({ deliveryId }) => `/leads/${deliveryId}`, 'Ada Example'),
    button: 'Record opt-out',
    confirm: 'Yes, record opt-out',
  },
  'portal/importSchoolWithdrawals': {
    open: async (actions, host) => {
      await page('/opt-outs', 'Opt-outs')(actions, host)
      await chooseOptOuts(actions)
    },
    button: importButton,
  },
  'portal/endOwnSessions': {
    open: page('/', 'Lone Prairie College'),
    button: 'Sign out everywhere',
    confirm: 'Sign out everywhere',
  },
  'portal/endOwnSession': { harmless: 'Ends the session that the tab forgets. A second press finds no session.' },
  'portal/requestReturn': {
    open: async (actions, host) => {
      await page(({ deliveryId }) => `/leads/${deliveryId}`, 'Ada Example')(actions, host)
      await actions.press('Request credit')
      await actions.page.getByLabel('Reason').selectOption('duplicate')
    },
    button: 'Submit request',
  },
}
