import { Command } from 'commander'
import { exportLeads } from './export-leads.ts'
import { listLeads } from './list-leads.ts'
import { replayLead } from './replay-lead.ts'
import { revealLead } from './reveal-lead.ts'
import { searchLeads } from './search-leads.ts'
import { showLead } from './show-lead.ts'

export const leads = new Command('leads')
  .description('Find, show, export and replay leads.')
  .addCommand(listLeads)
  .addCommand(searchLeads)
  .addCommand(showLead)
  .addCommand(revealLead)
  .addCommand(exportLeads)
  .addCommand(replayLead)
