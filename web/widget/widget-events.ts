/** The `detail` of each event of the widget. None of them identifies the visitor. */
export type WidgetEventDetails = {
  'lead:ready': Record<string, never>
  'lead:submit': { schoolIds: string[] }
  'lead:accepted': { leadId: string; outcome: string; schools: { schoolId: string; name: string }[] }
  /** `status` 0: no response. `fields`: JSON Pointers. */
  'lead:rejected': { status: number; code: string; fields: string[] }
  /** An element cannot work; `code` says why. */
  'lead:error': { code: string }
}
