<#-- The description of an incident's ticket, where Redmine formats by Textile. What is filled in is shown as it is. It is written anew when
     the alerts change. "p." makes a paragraph, whatever the text begins with. -->
|_. ${words.status} |_. ${status} |
| ${words.alerts} | ${alerts} |
| ${words.since} | ${since} |

|_. ${words.status} |_. ${words.where} |_. ${words.monitor} |_. ${words.since} |_. ${words.alert} |
<#list members as member>
| ${member.status} | <#if member.where??><#if member.url??>"${member.where}":${member.url}<#else>${member.where}</#if></#if> | ${member.monitor!} | ${member.since} | <#if member.ticket??>#${member.ticket}<#elseif member.alertUrl??>"${member.alert!words.alert}":${member.alertUrl}<#else>${member.alert!}</#if> |
</#list>
<#if more??>

p. ${more}
</#if>
