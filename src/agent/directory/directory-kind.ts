// The kinds of directory the agent can serve, as the settings name them. Data only.

export const DIRECTORY_KINDS = ['active-directory', 'openldap', '389-ds'] as const;
export type DirectoryKind = (typeof DIRECTORY_KINDS)[number];
