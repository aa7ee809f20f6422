import { type DisclosureTemplate, renderDisclosureTemplate } from '#shared/domain/capture/disclosure-template.ts'

type Match = {
  schools: readonly { schoolId: string; consentName: string }[]
  disclosure: { text: string; template: DisclosureTemplate }
}

/** The consent text for some schools of a match; for all of them if `schoolIds` is no list of its schools. */
export function renderConsentText({ schools, disclosure }: Match, schoolIds?: unknown): string {
  const named = schools.filter(({ schoolId }) => Array.isArray(schoolIds) && schoolIds.includes(schoolId))
  if (named.length === 0) return disclosure.text
  return renderDisclosureTemplate(
    disclosure.template,
    named.map(({ consentName }) => consentName),
  )
}
