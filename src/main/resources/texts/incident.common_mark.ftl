<#-- The description of an incident's ticket, where Redmine formats by CommonMark or Markdown. What is filled in is shown as it is. It is
     written anew when the alerts change. -->
| ${words.status} | ${status} |
|---|---|
| ${words.alerts} | ${alerts} |
| ${words.since} | ${since} |

| ${words.status} | ${words.where} | ${words.monitor} | ${words.since} | ${words.alert} |
|---|---|---|---|---|
<#list members as member>
| ${member.status} | <#if member.where??><#if member.url??>[${member.where}](${member.url})<#else>${member.where}</#if></#if> | ${member.monitor!} | ${member.since} | <#if member.ticket??>#${member.ticket}<#elseif member.alertUrl??>[${member.alert!words.alert}](${member.alertUrl})<#else>${member.alert!}</#if> |
</#list>
<#if more??>

${more}
</#if>
