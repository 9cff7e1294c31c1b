import type { frameEn } from './frame.en.js';

export const frameZh: typeof frameEn = {
  live: {
    label: '实时更新',
    states: { connecting: '正在连接', live: '实时', reconnecting: '重新连接中', offline: '离线', paused: '已暂停', off: '非实时' },
    hints: {
      connecting: '稍后有变动时会自动显示。',
      live: '有变动时自动显示，无需刷新。',
      reconnecting: '连接已中断，恢复前每隔几秒查询一次。',
      offline: '本机没有网络。',
      paused: '回到本标签页后继续。',
      off: '本页每隔几秒查询一次。',
    },
  },
  offline: {
    title: '网络已断开',
    text: '当前显示的是最近一次加载的内容。现在无法提交，已填写的内容会保留；网络恢复后页面自动更新。',
    nothing: '本页尚未加载',
    nothingHint: '网络恢复后会自动加载。',
    back: '网络已恢复，页面已更新。',
  },
  scheme: { label: '外观', choices: { system: '跟随系统', light: '浅色', dark: '深色' }, chosen: '当前' },
  shortcuts: {
    title: '快捷键',
    menu: '快捷键',
    hint: '快捷键',
    onCase: '案件页面', step: '选择处理步骤',
    lists: '案件列表', everywhere: '任意页面',
    search: '搜索', next: '下一件', previous: '上一件', open: '打开案件', showNews: '查看新内容',
    register: '登记投诉', help: '显示快捷键', or: '或',
    enabled: '启用单键快捷键',
    enabledHint: '输入文字时不会触发。如与输入法或读屏软件冲突，可在此关闭。',
    close: '关闭',
  },
  list: {
    news: (n) => `${n} 件新案件`,
    moved: '列表有变动',
    show: '查看',
    left: '已不在此列表',
    register: '登记投诉',
    allDone: '没有未结案的案件',
    allDoneHint: '已登记的案件均已结案。',
    showAll: '查看全部案件',
    firstDay: '还没有案件',
    firstDayHint: '登记第一件投诉后会显示在这里，无需刷新。',
    firstDaySample: '如需试用，可导入样例：',
  },
};
