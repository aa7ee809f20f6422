/** How a person asked staff to stop. */
export const staffMeans = ['phone', 'email', 'mail', 'in-person', 'other'] as const
export type StaffMeans = (typeof staffMeans)[number]

const labels: { readonly [means in StaffMeans]: string } = {
  phone: 'By phone',
  email: 'By email',
  mail: 'By letter',
  'in-person': 'In person',
  other: 'Another way',
}

/** The reason that is stored with a withdrawal that staff record: how the person asked, and for what. */
export function formatStaffReason(means: StaffMeans, purpose: string): string {
  return `${labels[means]}: ${purpose}`
}
