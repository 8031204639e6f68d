/** How far a requester's role reaches (1.7.2): to everything, to what is its own, or nowhere. */
type Reach = "any" | "own" | "none";

export interface Action {
  /** The method of the Admin API that it stands for. */
  path: string;
  groupAdmin: Reach;
  user: Reach;
  /** The element of the answer, or of each row. */
  element: string;
  /** What stands around the rows. */
  wrapper?: string;
}

const list = "ListWrapper";

/** 1.7.2, with the elements that the "RBAC Version" of each method shows. */
export const actions: Readonly<Record<string, Action>> = {
  GetCloudianBill: { path: "/billing", groupAdmin: "own", user: "own", element: "Bill" },
  GetCloudianGroup: { path: "/group", groupAdmin: "own", user: "none", element: "GroupInfo" },
  GetCloudianGroupList: {
    path: "/group/list",
    groupAdmin: "none",
    user: "none",
    element: "groupInfo",
    wrapper: list,
  },
  GetCloudianMonitorEvents: {
    path: "/monitor/events",
    groupAdmin: "none",
    user: "none",
    element: "monitoringEvent",
    wrapper: list,
  },
  GetCloudianMonitorHost: {
    path: "/monitor/host",
    groupAdmin: "none",
    user: "none",
    element: "MonitorNodeInfo",
  },
  // Of several nodes the document shows none: one element for each is a choice.
  GetCloudianMonitorNodeList: {
    path: "/monitor/nodelist",
    groupAdmin: "none",
    user: "none",
    element: "String",
  },
  GetCloudianMonitorRegion: {
    path: "/monitor",
    groupAdmin: "none",
    user: "none",
    element: "MonitorSystemInfo",
  },
  // Of the other levels than a user's the document shows no answer: the same element is a choice.
  GetCloudianQosLimits: {
    path: "/qos/limits",
    groupAdmin: "own",
    user: "own",
    element: "UserQosOverrides",
  },
  GetCloudianSystemLicense: {
    path: "/system/license",
    groupAdmin: "none",
    user: "none",
    element: "LicenseData",
  },
  GetCloudianSystemVersion: { path: "/system/version", groupAdmin: "any", user: "any", element: "String" },
  GetCloudianUsage: { path: "/usage", groupAdmin: "own", user: "own", element: "UsageData", wrapper: list },
  GetCloudianUser: { path: "/user", groupAdmin: "own", user: "own", element: "CassandraUserInfo" },
  GetCloudianUserCredentials: {
    path: "/user/credentials",
    groupAdmin: "own",
    user: "own",
    element: "SecurityInfo",
  },
  GetCloudianUserCredentialsList: {
    path: "/user/credentials/list",
    groupAdmin: "own",
    user: "own",
    element: "SecurityInfo",
    wrapper: list,
  },
  GetCloudianUserCredentialsListActive: {
    path: "/user/credentials/list/active",
    groupAdmin: "own",
    user: "own",
    element: "SecurityInfo",
    wrapper: list,
  },
  GetCloudianUserList: {
    path: "/user/list",
    groupAdmin: "own",
    user: "none",
    element: "CassandraUserInfo",
    wrapper: list,
  },
};

/** Two names that the table of 1.7.2 spells otherwise than the methods' own sections (7.3.5, 9.2.6). */
export const tableSpellings: Readonly<Record<string, string>> = {
  GetCloudianMonitorNodeList: "GetCloudianMonitorNodelist",
  GetCloudianQosLimits: "GetCloudianQoSLimits",
};
