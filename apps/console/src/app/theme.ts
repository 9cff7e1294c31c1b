import { theme } from 'antd';
import type { ThemeConfig } from 'antd';

const fontFamily =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif';

/** The same colours as styles/tokens.css, for antd's parts; each pair reaches a contrast of 4.5. */
const light = {
  colorPrimary: '#0e5a5f', colorInfo: '#0e5a5f', colorLink: '#0e5a5f', colorSuccess: '#1d7a4c', colorWarning: '#9a6200', colorError: '#b3261e',
  colorBgLayout: '#f5f6f7', colorText: '#1a222c', colorTextSecondary: '#545f6c', colorTextTertiary: '#5f6a77', colorTextPlaceholder: '#697480', colorTextDescription: '#545f6c',
  colorBorder: '#cdd3da', colorBorderSecondary: '#e2e6ea',
  colorErrorBg: '#fcebe9', colorErrorBorder: '#efc4bf', colorWarningBg: '#fdf1da', colorWarningBorder: '#ecd5a6', colorInfoBg: '#e3f0f0', colorInfoBorder: '#b9d9d8',
};
const dark = {
  colorPrimary: '#4fb6b0', colorInfo: '#4fb6b0', colorLink: '#6cc7c1', colorSuccess: '#5fc08f', colorWarning: '#e0ad4e', colorError: '#f08c84', colorTextLightSolid: '#0b1a1b',
  colorBgLayout: '#11161b', colorBgContainer: '#192027', colorBgElevated: '#202932', colorText: '#e5e9ee', colorTextSecondary: '#a5b0bc', colorTextTertiary: '#98a4b1',
  colorTextPlaceholder: '#8d99a6', colorTextDescription: '#a5b0bc', colorBorder: '#39444f', colorBorderSecondary: '#2a333c',
  colorErrorBg: '#40201e', colorErrorBorder: '#6d3a36', colorWarningBg: '#382b12', colorWarningBorder: '#5f4b20', colorInfoBg: '#173537', colorInfoBorder: '#2b5456',
};

export interface Screen {
  readonly isDark: boolean;
  /** Controls grow to what a finger can hit. */
  readonly narrow: boolean;
  readonly still: boolean;
}

/** Of what is typed into or chosen from, as `--line-field`: buttons are known by their words and keep the lighter border. */
const fieldBorder = (isDark: boolean) => ({ colorBorder: isDark ? '#707c88' : '#808994' });

export const antdTheme = ({ isDark, narrow, still }: Screen): ThemeConfig => ({
  algorithm: isDark ? [theme.darkAlgorithm, theme.compactAlgorithm] : theme.compactAlgorithm,
  // The compact algorithm takes the next smaller size of each scale: 15 makes 13.
  token: { ...(isDark ? dark : light), fontFamily, borderRadius: 6, fontSize: 15, controlHeightSM: narrow ? 40 : 28, controlHeightLG: narrow ? 44 : 36, motion: !still },
  components: { Input: fieldBorder(isDark), Select: fieldBorder(isDark), Checkbox: fieldBorder(isDark) },
});
