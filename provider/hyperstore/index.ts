import type { Catalog } from "../resource/definition.ts";
import { Allowlist } from "./allowlist.ts";
import { AzureTieringCredential } from "./azuretieringcredential.ts";
import { Credential } from "./credential.ts";
import { getAllowlist } from "./functions/allowlist.ts";
import { getBill } from "./functions/billing.ts";
import {
  getBucketCount,
  getBucketId,
  getBucketTags,
  getBucketUsage,
  listBuckets,
} from "./functions/buckets.ts";
import { getCredential, listCredentials } from "./functions/credentials.ts";
import { getHistory, listEvents } from "./functions/events.ts";
import { getGroup, listGroups } from "./functions/groups.ts";
import { getLicense } from "./functions/license.ts";
import { isUserLocked, listMfaDevices } from "./functions/logins.ts";
import { getMonitor, getNode, listNodes } from "./functions/monitor.ts";
import { listNotificationRules } from "./functions/notificationrules.ts";
import { getBucketsPerPolicy, getStoragePolicy, listStoragePolicies } from "./functions/policies.ts";
import { getQosLimits } from "./functions/qos.ts";
import { getRatingPlan, getUserRatingPlan, listRatingPlans } from "./functions/ratingplans.ts";
import {
  getByteCount,
  getBytesTiered,
  getGroupByteCount,
  getGroupObjectCount,
  getObjectCount,
} from "./functions/stored.ts";
import { getAudit, getDataCenters, getVersion, isObjectLockEnabled } from "./functions/system.ts";
import { getTieringCredentialSource } from "./functions/tiering.ts";
import { getRawBucketUsage, getUsage } from "./functions/usage.ts";
import { getUser, listDeletedUsers, listUsers } from "./functions/users.ts";
import { Group } from "./group.ts";
import { NotificationRule } from "./notificationrule.ts";
import { PackagedNotificationRule } from "./packagednotificationrule.ts";
import { PublicUrl } from "./publicurl.ts";
import { QosLimits } from "./qoslimits.ts";
import { RatingPlan } from "./ratingplan.ts";
import { RatingPlanAssignment } from "./ratingplanassignment.ts";
import { SpectraTieringCredential } from "./spectratieringcredential.ts";
import { TieringCredential } from "./tieringcredential.ts";
import { User } from "./user.ts";

export const hyperstoreCatalog: Catalog = {
  resources: [
    Group,
    User,
    Credential,
    Allowlist,
    NotificationRule,
    PackagedNotificationRule,
    PublicUrl,
    QosLimits,
    RatingPlan,
    RatingPlanAssignment,
    TieringCredential,
    AzureTieringCredential,
    SpectraTieringCredential,
  ],
  functions: [
    getGroup,
    listGroups,
    getUser,
    listUsers,
    listDeletedUsers,
    isUserLocked,
    listMfaDevices,
    getCredential,
    listCredentials,
    getAllowlist,
    getQosLimits,
    getRatingPlan,
    listRatingPlans,
    getUserRatingPlan,
    getTieringCredentialSource,
    listStoragePolicies,
    getStoragePolicy,
    getBucketsPerPolicy,
    listBuckets,
    getBucketCount,
    getBucketUsage,
    getBucketId,
    getBucketTags,
    getByteCount,
    getObjectCount,
    getGroupByteCount,
    getGroupObjectCount,
    getBytesTiered,
    getAudit,
    getDataCenters,
    getLicense,
    getVersion,
    isObjectLockEnabled,
    getUsage,
    getRawBucketUsage,
    getBill,
    listNodes,
    getNode,
    getMonitor,
    listEvents,
    getHistory,
    listNotificationRules,
  ],
};
