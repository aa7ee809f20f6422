import { Command } from 'commander'
import { createSuppressionImport } from '../ops/aftercare/import-suppressions.ts'
import { importCrosswalk } from './crosswalk/import-crosswalk.ts'
import { importLeads } from './leads/import-leads.ts'
import { importCareers } from './onet/import-careers.ts'
import { importOnet } from './onet/import-onet.ts'
import { importEducation, importProjections } from './projections/import-projections.ts'
import { createRecordFileCommand } from './records/import-record-file.ts'
import { undoImport } from './records/undo-import.ts'
import { importFieldsOfStudy, importInstitutions } from './scorecard/import-scorecard.ts'
import { importWages } from './wages/import-wages.ts'

export const importCommands = new Command('import')
  .description('Create careers and import facts from public data files, and partner data from CSV (docs/importing.md).')
  .addCommand(importCareers)
  .addCommand(importWages)
  .addCommand(importProjections)
  .addCommand(importEducation)
  .addCommand(importOnet)
  .addCommand(importCrosswalk)
  .addCommand(importInstitutions)
  .addCommand(importFieldsOfStudy)
  .addCommand(createRecordFileCommand('schools'))
  .addCommand(createRecordFileCommand('programs'))
  .addCommand(createRecordFileCommand('campaigns'))
  .addCommand(createRecordFileCommand('sources'))
  .addCommand(createSuppressionImport('suppressions', 'import suppressions'))
  .addCommand(importLeads)
  .addCommand(undoImport)
