import * as about from './about.ts'
import * as capture from './capture.ts'
import * as catalog from './catalog.ts'
import * as dispositions from './dispositions.ts'
import * as preview from './endpoint-preview.ts'
import * as erasures from './erasures.ts'
import * as keys from './keys.ts'
import * as search from './lead-search.ts'
import * as operator from './operator.ts'
import * as overview from './overview.ts'
import * as portal from './portal-links.ts'
import * as programs from './programs.ts'
import * as quarantine from './quarantine.ts'
import { records } from './records.ts'
import * as replays from './replays.ts'
import * as reports from './reports.ts'
import * as returns from './returns.ts'
import * as reveals from './reveals.ts'
import type { Route } from './route.ts'
import * as school from './school.ts'
import * as campaigns from './school-campaigns.ts'
import * as rotation from './secret-rotation.ts'
import * as simulation from './simulation.ts'
import * as tests from './test-leads.ts'
import * as withdrawal from './withdrawal.ts'

/** The API at a glance: every route, by the folder of `functions/` that serves it. */
export const routes = {
  catalog: [
    catalog.listCareers,
    catalog.readCareer,
    catalog.listSchools,
    catalog.readJsonld,
    programs.readProgram,
    programs.readForm,
    about.readOpenapi,
    about.readDocs,
    about.readHealth,
    about.readReadiness,
  ],
  capture: [capture.matchSchools, capture.submitLead, withdrawal.withdrawConsent],
  school: [
    campaigns.readOwnSchool,
    campaigns.readSchoolCampaign,
    campaigns.changeSchoolCampaign,
    school.listSchoolLeads,
    school.readDeliveryLog,
    replays.resendDelivery,
    dispositions.tellDisposition,
    dispositions.listDispositions,
    returns.requestReturn,
    returns.listSchoolReturns,
    rotation.rotateSecret,
    tests.sendTestLead,
  ],
  operator: [
    ...Object.values(records).flatMap(({ put, get, delete: remove, list }): Route[] => [list, get, put, remove]),
    rotation.rotateCampaignSecret,
    operator.explainMatch,
    preview.previewEndpoint,
    simulation.simulateCampaigns,
    keys.listKeys,
    keys.createKey,
    keys.revokeKey,
    portal.createPortalLink,
    // Where all keys are made: nobody else may.
    portal.openSchoolSession,
    operator.listLeads,
    operator.readLead,
    search.searchLeads,
    search.exportLeads,
    reveals.revealLead,
    erasures.erasePerson,
    erasures.listErasures,
    erasures.readErasure,
    overview.readOverview,
    overview.listCaps,
    overview.listDeliveries,
    returns.listReturns,
    returns.acceptReturn,
    returns.refuseReturn,
    replays.replayDelivery,
    replays.startReplay,
    replays.listReplays,
    replays.readReplay,
    reports.readReconciliation,
    reports.readDailyReport,
    reports.readSchoolsReport,
    reports.readSourcesReport,
    reports.exportReport,
    quarantine.listQuarantine,
    quarantine.releaseLead,
    quarantine.rejectLead,
  ],
} as const satisfies { [folder: string]: readonly Route[] }

export type Folder = keyof typeof routes
export const folders: readonly Folder[] = ['catalog', 'capture', 'school', 'operator']
/** Answers what no route matches, in the same form as every other error. */
export const fallbackFolder: Folder = 'catalog'
