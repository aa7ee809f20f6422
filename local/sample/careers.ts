import { cancerRegistrar } from './careers/cancer-registrar.ts'
import { databaseAdministrator } from './careers/database-administrator.ts'
import { healthRecordTechnician } from './careers/health-record-technician.ts'
import { medicalCodingSpecialist } from './careers/medical-coding-specialist.ts'
import { medicalServicesManager } from './careers/medical-services-manager.ts'

/** The reference career comes last, when the careers that it relates to are there. */
export const careers = [
  databaseAdministrator,
  medicalServicesManager,
  medicalCodingSpecialist,
  cancerRegistrar,
  healthRecordTechnician,
]
