import { cancerRegistrar } from './careers/cancer-registrar.ts'
import { databaseAdministrator } from './careers/database-administrator.ts'
import { healthRecordTechnician } from './careers/health-record-technician.ts'
import { medicalCodingSpecialist } from './careers/medical-coding-specialist.ts'
import { medicalServicesManager } from './careers/medical-services-manager.ts'

/** The reference career comes last, because the careers that it links to must exist first. */
export const careers = [
  databaseAdministrator,
  medicalServicesManager,
  medicalCodingSpecialist,
  cancerRegistrar,
  healthRecordTechnician,
]
