import type { RecordKind } from '#shared/contract/catalog/records.ts'
import { sectionText } from '../text/records/record-text.ts'
import { type JsonObject, toText } from './fields/json.ts'
import { getRecordSchema, listProperties } from './record-schema.ts'

export type FormSection = { title: string; help?: string; names: readonly string[] }
type RecordForm = {
  /** The field that holds the name of the record. */
  titleField: 'name' | 'title'
  sections: readonly FormSection[]
}

/** How the fields of a record are grouped. Fields that no section names come last, so that none is missing. */
export const recordForms: { readonly [kind in RecordKind]: RecordForm } = {
  campaigns: {
    titleField: 'name',
    sections: [
      {
        title: sectionText.offer,
        names: ['name', 'status', 'schoolStatus', 'schoolId', 'programIds', 'priceCents', 'returns'],
      },
      { title: sectionText.targeting, help: sectionText.targetingHelp, names: ['rules', 'certificate'] },
      { title: sectionText.capsAndHours, names: ['caps', 'schoolCaps', 'hours', 'waitForCallingHours'] },
      { title: sectionText.delivery, names: ['endpoint', 'testEndpoint', 'sendIpAndUserAgent'] },
      {
        title: sectionText.sharing,
        names: ['priority', 'weight', 'sharing', 'exclusiveMultiplier', 'shareWith', 'fallback'],
      },
    ],
  },
  schools: {
    titleField: 'name',
    sections: [
      {
        title: sectionText.details,
        names: ['name', 'legalName', 'consentNames', 'place', 'logoUrl', 'status', 'timeZone', 'titleIv'],
      },
      { title: sectionText.page, help: sectionText.pageHelp, names: ['url', 'accreditation', 'ipedsId', 'facts'] },
      { title: sectionText.limits, names: ['caps', 'billing', 'creditCents', 'lowBalanceCents', 'noLeadsDays'] },
      {
        title: sectionText.delivery,
        names: [
          'deliveries',
          'dispositionCodes',
          'privacyNoticeEmail',
          'notificationWebhook',
          'notificationSecret',
          'duplicates',
        ],
      },
    ],
  },
  programs: {
    titleField: 'name',
    sections: [
      {
        title: sectionText.details,
        names: ['name', 'schoolId', 'careerSlugs', 'level', 'modality', 'tuition', 'length', 'place'],
      },
      {
        title: sectionText.page,
        help: sectionText.pageHelp,
        names: [
          ...['description', 'curriculum', 'prerequisites', 'financialAid', 'startDates'],
          ...['url', 'cip', 'facts', 'contentSource'],
        ],
      },
      { title: sectionText.visibility, names: ['states', 'sponsored', 'rank'] },
      { title: sectionText.questions, names: ['questions'] },
    ],
  },
  sources: {
    titleField: 'name',
    sections: [
      { title: sectionText.details, names: ['name', 'mode', 'timeZone', 'origins'] },
      { title: sectionText.routing, names: ['rules', 'duplicates', 'maxSales', 'method'] },
      {
        title: sectionText.protection,
        names: [
          'abuse',
          'formToken',
          'turnstile',
          'turnstileSiteKey',
          'turnstileSecret',
          'rateLimitPerMinute',
          'requireCertificate',
          'certificateScript',
          'minimumAge',
          'confirmationEmail',
        ],
      },
    ],
  },
  careers: {
    titleField: 'title',
    sections: [
      { title: sectionText.details, names: ['title', 'summary', 'subject', 'aliases', 'soc', 'onetSoc'] },
      { title: sectionText.facts, names: ['facts'] },
      { title: sectionText.text, names: ['sections', 'education'] },
      { title: sectionText.related, names: ['relatedCareers', 'degreeOptions', 'relatedArticles', 'fieldsOfStudy'] },
    ],
  },
}

/** The sections of the form, and a last one for fields that no section names. */
export function listSections(kind: RecordKind): readonly FormSection[] {
  const { sections } = recordForms[kind]
  const otherNames = listProperties(getRecordSchema(kind).root)
    .map(([name]) => name)
    .filter((name) => !sections.some(({ names }) => names.includes(name)))
  return otherNames.length > 0 ? [...sections, { title: sectionText.more, names: otherNames }] : sections
}

export function getRecordTitle(kind: RecordKind, id: string, body: JsonObject): string {
  return toText(body[recordForms[kind].titleField]) || id
}

/** Derives an ID from a name. */
export function slugify(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 64)
}
