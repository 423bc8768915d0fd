<#-- A note on a ticket, where Redmine formats by Textile. What is filled in is shown as it is.
     "p." makes a paragraph, whatever the text begins with. -->
<#if changes?size == 1>
<#list changes as change>
${change.time}<#if change.status??> *<#if change.from??>${change.from} → </#if>${change.status}*</#if><#if change.what??> ${change.what}</#if>
</#list>
<#elseif changes?size gt 1>
|_. ${words.time} |_. ${words.status} |_. ${words.what} |
<#list changes as change>
| ${change.time} | <#if change.from??>${change.from} → </#if>${change.status!} | ${change.what!} |
</#list>
</#if>
<#list remarks as remark>

p. ${remark}
</#list>
<#if graph??>

!${graph}!
</#if>
