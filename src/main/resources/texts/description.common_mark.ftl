<#-- A ticket's description, where Redmine formats by CommonMark or Markdown. What is filled in is shown as it is. -->
<#macro link to><#if to.url??>[${to.name}](${to.url})<#else>${to.name}</#if></#macro>
| <#if changes?size gt 1>${words.highest_status}<#else>${words.first_status}</#if> | ${alert.status} |
|---|---|
<#if alert.monitor??>
| ${words.monitor} | ${alert.monitor}<#if alert.metric??> (${alert.metric})</#if> |
</#if>
<#if labels??>
| ${words.labels} | ${labels} |
</#if>
<#if alert.value??>
| ${words.value_now} | ${alert.value} |
</#if>
<#if host??>
| ${words.host} | <@link host/><#if (host.status!"working") != "working"> (${host.status})</#if> |
<#if host.roles?has_content>
| ${words.roles} | <#list host.roles as role><@link role/><#sep>, </#list> |
</#if>
<#if host.memo??>
| ${words.host_memo} | ${host.memo} |
</#if>
</#if>
<#if service??>
| ${words.service} | ${service} |
</#if>
<#if alert.since??>
| ${words.since} | ${alert.since} |
</#if>
<#if alert.url??>
| ${words.alert} | [${words.open_in_mackerel}](${alert.url}) |
</#if>
<#if message??>

${message}
</#if>
<#if memo??>

**${words.memo}**

${memo.block}
<#list memo.links as link>
<#if link?is_first>

</#if>
- ${link}
</#list>
</#if>
<#if graph??>

![](${graph})
</#if>
<#list remarks as remark>

${remark}
</#list>
<#if changes?size gt 1>

| ${words.time} | ${words.status} | ${words.what} |
|---|---|---|
<#list changes as change>
| ${change.time} | <#if change.from??>${change.from} → </#if>${change.status!} | ${change.what!} |
</#list>
</#if>
<#if notification??>

{{collapse(${words.notification})
${notification}
}}
</#if>
